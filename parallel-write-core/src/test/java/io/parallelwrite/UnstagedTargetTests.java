package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.VerifyDepth;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.ParallelOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A target whose bytes are visible as they are written: only one write of a path may be on its way. */
@Timeout(60)
class UnstagedTargetTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ScriptedTarget staged = new ScriptedTarget("staged");
    private final ScriptedTarget unstaged = new ScriptedTarget("unstaged").unstaged();

    private ParallelResourceWriter writer(Deadlines deadlines) throws IOException {
        ParallelResourceWriterBuilder builder =
                ParallelResourceWriter.builder().target(staged).target(unstaged);
        return builder.settings(builder.settings().withDeadlines(deadlines)).build();
    }

    @Test
    void isNotTouchedAgainUnderAPathWhileACallForItHangs() throws IOException {
        Gate hang = new Gate();
        unstaged.at(Phase.WRITE, hang::pass);
        try (ParallelResourceWriter writer = writer(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("a", bytes("hangs")))
                    .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.IN_DOUBT));

            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("a", bytes("later")))
                    .withMessageContaining("an earlier change of this path was given up at its deadline");
            assertThat(unstaged.calls())
                    .as("the abort of the first write is still to come, and would end the second")
                    .containsExactly(Phase.OPEN, Phase.WRITE);

            hang.open();
        }
    }

    @Test
    void isDoubtfulWhenItsAbortFails() throws IOException {
        unstaged.failingAt(Phase.ABORT, "cannot be deleted");
        staged.failingAt(Phase.PREPARE, "no space");
        try (ParallelResourceWriter writer = writer(new Deadlines(LONG, LONG, LONG, LONG, LONG))) {
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("a", bytes("content")))
                    .withMessageContaining(
                            "Target 'unstaged' is in doubt about 'a', while aborting: cannot be deleted.")
                    .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.IN_DOUBT));
        }
    }

    @Test
    void isNotVerifiedWhileItMayShowAPart() throws IOException {
        try (ParallelResourceWriter writer = writer(new Deadlines(LONG, LONG, LONG, LONG, LONG))) {
            try (ParallelOutputStream out = writer.open("a")) {
                out.write(bytes("content"));
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> writer.scrubber().verify("a", VerifyDepth.QUICK))
                        .withMessageContaining("'a' is being written");
                out.commit();
            }
            assertThat(writer.scrubber().verify("a", VerifyDepth.FULL).signs()).isEqualTo("==");
        }
    }
}
