package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPathTests {

    @ParameterizedTest
    @MethodSource("io.parallelwrite.target.HostilePaths#byReason")
    void refuses(String reason, String path) {
        assertThatThrownBy(() -> TargetPath.of(path))
                .isInstanceOf(InvalidTargetPathException.class)
                .hasMessageContaining(reason)
                .message()
                .as("safe to log")
                .hasSizeLessThan(700)
                .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "reports/2026/a.csv",
                "a b",
                "a b/c d",
                " a",
                "a%20b",
                "%2e%2e/a",
                "%2e%2e%2fa",
                "..%2f",
                "..a",
                "...a",
                "a..b",
                "a...b/c",
                ".a",
                ".hidden/.b",
                "-rf",
                "--help",
                "~",
                "~root/a",
                "$HOME",
                "${user.home}",
                "$(id)",
                "`id`",
                "a;b",
                "a&b",
                "a=b",
                "a+b",
                "a,b",
                "a@b",
                "a#b",
                "a!b",
                "a'b",
                "a^b",
                "a(b)",
                "[a]",
                "{a}",
                "con1",
                "cons",
                "icon",
                "com",
                "com10",
                "lpt",
                "null",
                "auxiliary.txt",
                "nulls/a",
                "aux-1",
                "pw-a",
                ".pwa",
                ".pw",
                "x.pw-a",
                "\u00e4/\u00f6",
                "\u65e5\u672c/\u8a9e",
                "\ud83d\ude00.txt",
                "\u0645\u0644\u0641",
                "CaSe/case",
                "a\u00a0b",
                "0",
                "index.html",
                "WEB-INF/web.xml",
                "META-INF/x",
                ".git/config",
                ".ssh/x",
                "etc/passwd",
                "C/a",
                "%00",
                "%5c",
                "a\u2044b",
                "\uff0e\uff0e/a",
                "a\uff0fb",
                "\u2025/a"
            })
    void accepts(String path) {
        TargetPath accepted = TargetPath.of(path);
        assertThat(accepted.value()).isEqualTo(path);
        assertThat(String.join("/", accepted.segments())).isEqualTo(path);
        assertThat(path).endsWith(accepted.fileName());
        assertThat(accepted).isEqualTo(TargetPath.of(path)).hasSameHashCodeAs(TargetPath.of(path));
    }

    @Test
    void acceptsTheLongestNames() {
        assertThat(TargetPath.of("a".repeat(200)).segments()).hasSize(1);
        assertThat(TargetPath.of("a/".repeat(449) + "ab").segments()).hasSize(450);
    }

    @Test
    void takesTwoEncodingsOfOneNameForOnePath() {
        assertThat(TargetPath.of("cafe\u0301")).isEqualTo(TargetPath.of("caf\u00e9"));
        assertThat(TargetPath.of("\u212b").value()).isEqualTo("\u00c5");
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesNull() {
        assertThatThrownBy(() -> TargetPath.of(null))
                .isInstanceOf(InvalidTargetPathException.class)
                .hasMessageContaining("it is null");
    }

    @Test
    void leavesNoAcceptedPathOutsideTheBase() {
        String[] pieces = {
            "/",
            "/",
            "/",
            ".",
            "..",
            "...",
            "a",
            "b c",
            "%2e",
            "%2f",
            "\\",
            ":",
            "~",
            "\u0000",
            "\n",
            " ",
            "\u00e4",
            "A",
            "con",
            ".pw-",
            "\u2025",
            "\uff0e",
            "\uff0f",
            "\u0338",
            "\ud83d\ude00",
            "\ud800",
            "-",
            "$",
            "\u202e",
            "\u200b"
        };
        Path base = Path.of("/srv/base");
        long seed = 20_261_123;
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            accepted += checkInside(base, text.toString(), seed) ? 1 : 0;
        }
        assertThat(accepted).as("paths that were accepted at all").isBetween(20_000, 180_000);
    }

    /** Returns whether a path was accepted, and fails if it was and leads out of the base. */
    private static boolean checkInside(Path base, String text, long seed) {
        TargetPath path;
        try {
            path = TargetPath.of(text);
        } catch (InvalidTargetPathException e) {
            return false;
        }
        Path file = base.resolve(path.value());
        boolean inside = file.normalize().equals(file)
                && file.startsWith(base)
                && file.getNameCount() == base.getNameCount() + path.segments().size();
        if (!inside) {
            throw new AssertionError("seed " + seed + ": '" + text + "' leads to " + file);
        }
        return true;
    }
}
