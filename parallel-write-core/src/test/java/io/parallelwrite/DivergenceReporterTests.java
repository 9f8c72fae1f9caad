package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.CopyDivergence;
import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.target.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Divergences found by looking at the copies; {@link ListenerTests} has those that writes leave behind. */
class DivergenceReporterTests {

    private final List<Divergence> heard = new ArrayList<>();
    private final DivergenceReporter reporter = new DivergenceReporter(List.of(heard::add));

    @Test
    void tellsOfCopiesThatDiffer() {
        Comparison.Different difference = different(List.of(), held("local"), new CopyAnswer.Missing("s3"));

        reporter.differed(difference);

        assertThat(heard).containsExactly(new CopyDivergence(difference));
        assertThat(heard.get(0).path()).isEqualTo("a");
    }

    @Test
    void namesTheMinority() {
        assertThat(new CopyDivergence(different(List.of("b"), held("a"), held("b"), held("c"))).targets())
                .containsExactly("b");
    }

    @Test
    void withoutAMajorityNamesAllThatAnswered() {
        CopyAnswer away = new CopyAnswer.Unavailable("c", new IOException("away"));

        assertThat(new CopyDivergence(different(List.of(), held("a"), new CopyAnswer.Missing("b"), away)).targets())
                .containsExactly("a", "b");
    }

    @Test
    void goesOnWhenAListenerThrows() {
        DivergenceReporter both = new DivergenceReporter(List.of(
                divergence -> {
                    throw new IllegalStateException("not my day");
                },
                heard::add));

        both.differed(different(List.of(), held("a"), new CopyAnswer.Missing("b")));

        assertThat(heard).hasSize(1);
    }

    private static Comparison.Different different(List<String> minority, CopyAnswer... answers) {
        return new Comparison.Different(
                "a", List.of(answers), OptionalLong.of(7), minority, "'local' says\nWARN all is well");
    }

    private static CopyAnswer held(String target) {
        return new CopyAnswer.Held(target, new StoredObject(3, null, null, null), null);
    }
}
