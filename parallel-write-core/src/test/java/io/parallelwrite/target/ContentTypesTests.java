package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTests {

    @ParameterizedTest
    @ValueSource(strings = {"json", "zip", "gz", "csv", "html"})
    void aNameWithoutADotHasNoExtension(String fileName) {
        assertThat(ContentTypes.of(fileName)).isEqualTo("application/octet-stream");
    }
}
