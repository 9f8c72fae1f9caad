package io.parallelwrite.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who said what. */
class AnswerGroupsTests {

    @Test
    void putsThoseTogetherThatSaidTheSame() {
        AnswerGroups groups = groups("a", "b", "a");
        assertThat(groups.groups())
                .extracting(AnswerGroups.Group::names)
                .containsExactly(List.of("#0", "#2"), List.of("#1"));
        assertThat(groups.sentence()).isEqualTo("#0 and #2 said a; #1 said b");
    }

    @Test
    void beginsWithTheLargest() {
        assertThat(groups("a", "b", "c", "b").sentence()).isEqualTo("#1 and #3 said b; #0 said a; #2 said c");
    }

    @Test
    void namesTheMinorityOfThreeOrMore() {
        assertThat(groups("a", "b", "b").minority()).containsExactly("#0");
        assertThat(groups("a", "b", "b").sentenceWithMinority())
                .isEqualTo("#1 and #2 said b; #0 said a. #0 is in the minority");
        assertThat(groups("b", "a", "b", "c", "b").sentenceWithMinority()).endsWith(". #1 and #3 are in the minority");
    }

    @Test
    void knowsNoMinorityWithoutAMajority() {
        assertThat(groups("a", "b").minority()).isEmpty();
        assertThat(groups("a", "b", "a", "b").minority()).isEmpty();
        assertThat(groups("a", "b", "c").minority()).isEmpty();
        assertThat(groups("a", "a").minority()).isEmpty();
        assertThat(groups("a", "b").sentenceWithMinority()).isEqualTo("#0 said a; #1 said b");
    }

    @Test
    void tellsApartOtherWordsForTheSame() {
        AnswerGroups groups = AnswerGroups.of(
                List.of("x", "y", "z"), List.of("A", "a", "b"), String::equalsIgnoreCase, w -> "said " + w);
        assertThat(groups.sentence()).isEqualTo("x said A; y said a; z said b");
        assertThat(groups.minority()).containsExactly("z");
    }

    @Test
    void doesNotListMoreNamesThanOneCanRead() {
        String[] many =
                IntStream.range(0, 128).mapToObj(i -> i == 5 ? "b" : "a").toArray(String[]::new);
        assertThat(groups(many).sentence()).isEqualTo("#0, #1, #2, #3, #4, #6, #7 and 120 more said a; #5 said b");
    }

    private static AnswerGroups groups(String... answers) {
        List<String> names =
                IntStream.range(0, answers.length).mapToObj(i -> "#" + i).toList();
        return AnswerGroups.of(names, List.of(answers), String::equals, answer -> "said " + answer);
    }
}
