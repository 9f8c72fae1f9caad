package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.ResourceUtils;

class FileTargetFactoryTests {

    private final FileTargetFactory factory = new FileTargetFactory(definition -> FileTargetSettings.defaults());

    private Target create(String location) {
        return factory.create(TargetDefinition.of("local", location));
    }

    @ParameterizedTest
    @CsvSource({
        "file:/no/such/dir/, /no/such/dir/",
        "file:/no/such/dir, /no/such/dir/",
        "file:///no/such/dir/, /no/such/dir/",
        "FILE:/no/such/dir/, /no/such/dir/",
        "file:/no/a%20b/, /no/a%20b/",
        "file:/no/a b/, /no/a%20b/",
        "file:/no/a%2523b/, /no/a%2523b/",
        "file:/no/./such/../dir//, /no/dir/",
        "file:/no/%C3%A4/, /no/%C3%A4/"
    })
    void resolvesAnAbsoluteLocation(String location, String path) {
        assertThat(create(location).place()).isEqualTo("file://" + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:./no-such/", "file:no-such/", "file:no such/dir", "file:./no%20such/x%25/", "file:/no/%41/"
            })
    void resolvesLikeSpring(String location) throws Exception {
        Path spring = ResourceUtils.getFile(location).toPath();
        String expected = spring.toAbsolutePath().normalize().toUri().toString();
        assertThat(create(location).place()).isEqualTo(expected.endsWith("/") ? expected : expected + "/");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "file://server/share/, names the host 'server'",
                "file:/100%/, '%' as %25",
                "file:/a#b/, write '#' as %23",
                "file:/a?b/, '?' as %3F",
                "file:.\\data\\, with '/' between segments",
                "file:/a%00b/, no directory can have this name",
                "file:, name a directory"
            })
    void refusesALocationThatIsNotOnePlace(String location, String reason) {
        assertThatThrownBy(() -> create(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The location '" + location + "' of target 'local' cannot be used: ")
                .hasMessageContaining(reason);
    }

    @Test
    void supportsOnlyItsScheme() {
        assertThat(factory.supports(TargetDefinition.of("a", "file:./data/"))).isTrue();
        assertThat(factory.supports(TargetDefinition.of("a", "s3://b/c/"))).isFalse();
        assertThat(factory.supports(TargetDefinition.of("a", "./data/"))).isFalse();
    }

    @Test
    void refusesPermissionsThatAreNone() {
        assertThatThrownBy(() -> FileTargetSettings.defaults().withPermissions("0644"))
                .hasMessage("Permissions are nine characters such as 'rw-r-----', not '0644'");
    }
}
