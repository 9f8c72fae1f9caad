package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTests {

    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(PrintableText.of("grün \"€\" 😀 c:\\d")).isEqualTo("grün \"€\" 😀 c:\\d");
    }

    @Test
    void staysOnOneLine() {
        assertThat(PrintableText.of("a\r\nWARN b\u0085c\u2028d\u2029e\u001b[31m"))
                .isEqualTo("a\\u000d\\u000aWARN b\\u0085c\\u2028d\\u2029e\\u001b[31m");
    }

    @Test
    void showsWhatChangesTheDirectionOfText() {
        assertThat(PrintableText.of("gpj.\u202eexe")).isEqualTo("gpj.\\u202eexe");
    }

    @Test
    void showsHalfACharacter() {
        assertThat(PrintableText.of("a\ud83d")).isEqualTo("a\\ud83d");
    }
}
