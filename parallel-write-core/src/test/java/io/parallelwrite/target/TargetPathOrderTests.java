package io.parallelwrite.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TargetPathOrderTests {

    private static final String REPLACEMENT = "\ufffd";
    private static final String EMOJI = "\ud83d\ude00";

    @Test
    void ordersAPathBeforeWhatIsBelowItAndADotBeforeASlash() {
        assertThat(sorted("a/b", "a0", "a.b", "a", "a b", "a-b", "B", "b"))
                .containsExactly("B", "a", "a b", "a-b", "a.b", "a/b", "a0", "b");
    }

    @Test
    void ordersACharacterBeyondTheFirstPlaneAfterAllOfTheFirst() {
        assertThat(EMOJI).as("the order of String is another").isLessThan(REPLACEMENT);
        assertThat(TargetPath.of(EMOJI)).isGreaterThan(TargetPath.of(REPLACEMENT));
        assertThat(sorted(EMOJI + "/a", REPLACEMENT + "/a", "\ue000", "\u00e9", "z"))
                .containsExactly("z", "\u00e9", "\ue000", REPLACEMENT + "/a", EMOJI + "/a");
    }

    @Test
    void ordersTwoCharactersBeyondTheFirstPlaneByTheirCodePoints() {
        assertThat(sorted("\ud83d\ude01", "\ud83c\udfff", EMOJI))
                .containsExactly("\ud83c\udfff", EMOJI, "\ud83d\ude01");
    }

    @Test
    void isTheOrderOfTheBytesForAnyTwoPaths() {
        long seed = 20_260_214;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            TargetPath left = randomPath(random);
            TargetPath right = randomPath(random);
            int byBytes = Arrays.compareUnsigned(utf8(left), utf8(right));
            assertThat(Integer.signum(left.compareTo(right)))
                    .as("seed %d: '%s' and '%s'", seed, left, right)
                    .isEqualTo(Integer.signum(byBytes));
            assertThat(left.compareTo(right) == 0).isEqualTo(left.equals(right));
        }
    }

    @Test
    void takesAStoredNameForAPathOnlyIfItIsThatExactly() {
        assertThat(TargetPath.ofStored("a/caf\u00e9")).contains(TargetPath.of("a/caf\u00e9"));
        assertThat(TargetPath.ofStored("a/cafe\u0301")).as("not composed").isEmpty();
        assertThat(Stream.of("", "a/", "/a", "a//b", ".pw-a", "con", "a\nb", "..")
                        .map(TargetPath::ofStored))
                .allMatch(path -> path.isEmpty());
    }

    private static List<String> sorted(String... paths) {
        return Stream.of(paths)
                .map(TargetPath::of)
                .sorted()
                .map(TargetPath::value)
                .toList();
    }

    private static TargetPath randomPath(Random random) {
        List<String> pieces = List.of(
                "a", "b", "a/", "A.a", "-", "\u00e9", "\ud7ff", "\ue000", "\uffee", REPLACEMENT, EMOJI, "\ud800\udc00");
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(0, random.nextInt(4))
                .forEach(i -> text.append(pieces.get(random.nextInt(pieces.size()))));
        return TargetPath.of(text.append('z').toString());
    }

    private static byte[] utf8(TargetPath path) {
        return path.value().getBytes(StandardCharsets.UTF_8);
    }
}
