package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTextTests {

    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(ShownText.of("grün \"€\" 😀 c:\\d", 100)).isEqualTo("grün \"€\" 😀 c:\\d");
    }

    @Test
    void staysOnOneLine() {
        assertThat(ShownText.of("a\r\nWARN b\u0085c\u2028d\u2029e\u001b[31m", 100))
                .isEqualTo("a\\u000d\\u000aWARN b\\u0085c\\u2028d\\u2029e\\u001b[31m");
    }

    @Test
    void showsWhatChangesTheDirectionOfText() {
        assertThat(ShownText.of("gpj.\u202eexe", 100)).isEqualTo("gpj.\\u202eexe");
    }

    @Test
    void showsHalfACharacter() {
        assertThat(ShownText.of("a\ud83d", 100)).isEqualTo("a\\ud83d");
    }
}
