package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPrefixTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/",
                "a/b",
                "reports/2026-",
                "a.",
                "a ",
                ".",
                "..",
                "a/..",
                ".pw",
                "con",
                "a/nul",
                "com",
                "nul ",
                "caf\u00e9",
                "\ud83d\ude00",
                "%2e%2e/"
            })
    void acceptsWhatAPathCanBeginWith(String prefix) {
        assertThat(TargetPrefix.of(prefix).value()).isEqualTo(prefix);
        assertThat(TargetPrefix.of(prefix).matches(TargetPath.of(prefix + "x"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "//", "a//", "./", "../", "a/../b", "a./", "a /b", "con/", "con.", "con.t", "nul .", ".pw-",
                ".PW-a/", "a/.pw-", "a\\", "a:", "a*", "a\n", "\u202e", "\ud83d"
            })
    void refusesWhatNoPathCanBeginWith(String prefix) {
        assertThatThrownBy(() -> TargetPrefix.of(prefix))
                .isInstanceOf(InvalidTargetPathException.class)
                .hasMessageStartingWith("The prefix '")
                .hasMessageContaining("' cannot be used: ");
    }

    /** A text is a prefix exactly if it is a path, or becomes one with a letter more. */
    @ParameterizedTest
    @MethodSource("io.parallelwrite.target.HostilePaths#byReason")
    void hasTheRulesOfPaths(String reason, String path) {
        boolean begins = path.isEmpty() || TargetPath.ofStored(path + "x").isPresent();
        if (begins) {
            assertThat(TargetPrefix.of(path).value()).isEqualTo(path);
        } else {
            assertThatThrownBy(() -> TargetPrefix.of(path))
                    .isInstanceOf(InvalidTargetPathException.class)
                    .hasMessageContaining(reason);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesNull() {
        assertThatThrownBy(() -> TargetPrefix.of(null))
                .isInstanceOf(InvalidTargetPathException.class)
                .hasMessage("The prefix 'null' cannot be used: it is null");
    }

    @ParameterizedTest
    @CsvSource({
        "'', a, true",
        "a, a, true",
        "a, ab, true",
        "a, a/b, true",
        "a/, a/b, true",
        "a/, a, false",
        "a/, ab, false",
        "a/b, a/bc/d, true",
        "a/b, a/c, false",
        "A, a, false"
    })
    void matchesByText(String prefix, String path, boolean expected) {
        assertThat(TargetPrefix.of(prefix).matches(TargetPath.of(path))).isEqualTo(expected);
    }

    @Test
    void matchesInOneNormalizationForm() {
        assertThat(TargetPrefix.of("cafe\u0301").matches(TargetPath.of("caf\u00e9/a")))
                .isTrue();
        assertThat(TargetPrefix.of("cafe\u0301"))
                .isEqualTo(TargetPrefix.of("caf\u00e9"))
                .hasSameHashCodeAs(TargetPrefix.of("caf\u00e9"));
    }

    @Test
    void isAsLongAsAPathCanBeginWith() {
        assertThat(TargetPrefix.of("a".repeat(200)).value()).hasSize(200);
        assertThat(TargetPrefix.of("a/".repeat(449) + "ab").value()).hasSize(900);
        assertThatThrownBy(() -> TargetPrefix.of("a/".repeat(450))).hasMessageContaining("900 bytes");
        assertThatThrownBy(() -> TargetPrefix.of("a".repeat(201))).hasMessageContaining("200 bytes");
    }
}
