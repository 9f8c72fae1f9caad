package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OutcomeMessagesTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    OutcomeMessagesTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    private ParallelWriteException failure() {
        return catchThrowableOfType(
                ParallelWriteException.class, () -> writer.write("reports/a.csv", bytes("content")));
    }

    @Test
    void namesTargetByteAndPhaseOfAFailureAndTheStateOfTheRest() {
        targets.s3.failingAt(Phase.PREPARE, "no space left on device");

        ParallelWriteException failure = failure();

        assertThat(failure)
                .hasMessage("Target 's3' failed at byte 7 of 'reports/a.csv' while preparing: no space left on device. "
                        + "'local' was aborted. Nothing is visible under this path that was not before.")
                .cause()
                .hasMessage("no space left on device");
        WriteResult result = failure.result();
        assertThat(result.status()).isEqualTo(WriteStatus.FAILED);
        assertThat(result.outcome("local")).isInstanceOf(TargetOutcome.Aborted.class);
        assertThat(result.outcome("s3")).isInstanceOfSatisfying(TargetOutcome.Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(Phase.PREPARE);
            assertThat(failed.offset()).isEqualTo(7);
            assertThat(failed.cause()).isSameAs(failure.getCause());
        });
        targets.assertBothEmpty();
    }

    @Test
    void saysThatNoByteWasTakenWhenATargetCannotBeOpened() {
        targets.local.failingAt(Phase.OPEN, "permission denied");

        assertThat(failure())
                .hasMessage("Target 'local' failed at byte 0 of 'reports/a.csv' while opening: permission denied. "
                        + "'s3' was aborted. Nothing is visible under this path that was not before.");
    }

    @Test
    void showsTheTypeOfAFailureThatIsNotAnIoException() {
        targets.s3.at(Phase.PREPARE, () -> {
            throw new IllegalStateException("not connected.");
        });

        assertThat(failure())
                .hasMessageContaining("while preparing: java.lang.IllegalStateException: not connected. 'local'");
    }

    @Test
    void carriesAnErrorOfATargetAsTheCause() {
        StackOverflowError error = new StackOverflowError();
        targets.s3.at(Phase.WRITE, () -> {
            throw error;
        });

        assertThat(failure()).hasCause(error);
        targets.assertBothEmpty();
    }

    @Test
    void saysThatATargetIsInDoubtWhenItsCommitFailed() {
        targets.s3.failingAt(Phase.COMMIT, "connection reset");

        ParallelWriteException failure = failure();

        assertThat(failure)
                .hasMessage("Target 's3' is in doubt about 'reports/a.csv', while committing: connection reset. "
                        + "'local' holds it. The targets may differ under this path.");
        assertThat(failure.result().status()).isEqualTo(WriteStatus.IN_DOUBT);
        assertThat(failure.result().outcome("local")).isInstanceOf(TargetOutcome.Committed.class);
        assertThat(failure.result().outcome("s3"))
                .isInstanceOfSatisfying(
                        TargetOutcome.InDoubt.class,
                        inDoubt -> assertThat(inDoubt.phase()).isEqualTo(Phase.COMMIT));
        assertThat(targets.s3.calls()).as("no abort after a doubtful commit").endsWith(Phase.COMMIT);
    }

    @Test
    void saysThatATargetFailedWhenItsCommitWasCertainlyNotApplied() {
        targets.s3.at(Phase.COMMIT, () -> {
            throw new NotAppliedException("someone else was first", null);
        });

        ParallelWriteException failure = failure();

        assertThat(failure)
                .hasMessage("Target 's3' failed at byte 7 of 'reports/a.csv' while committing: someone else was first. "
                        + "'local' holds it. The targets may differ under this path.");
        assertThat(failure.result().status()).isEqualTo(WriteStatus.IN_DOUBT);
        assertThat(targets.s3.calls()).endsWith(Phase.COMMIT, Phase.ABORT);
    }

    @Test
    void saysWhatAnAbortMayHaveLeftBehind() throws IOException {
        targets.s3.failingAt(Phase.ABORT, "access denied");
        ParallelOutputStream out = writer.open("reports/a.csv");
        out.abort();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(out::commit)
                .withMessage("'s3' was aborted, but hidden bytes may be left: access denied. 'local' was aborted. "
                        + "Nothing is visible under this path that was not before.");
    }

    @Test
    void saysWhatATargetThatFailedMayHaveLeftBehind() {
        targets.s3.failingAt(Phase.PREPARE, "no space.").failingAt(Phase.ABORT, "access denied.");

        ParallelWriteException failure = failure();

        assertThat(failure)
                .hasMessage("Target 's3' failed at byte 7 of 'reports/a.csv' while preparing: no space. "
                        + "Hidden bytes may be left: access denied. "
                        + "'local' was aborted. Nothing is visible under this path that was not before.");
        assertThatTheAbortIsToldOf(failure, "access denied.");
    }

    @Test
    void saysWhatACommitThatWasNotAppliedMayHaveLeftBehind() {
        targets.s3
                .at(Phase.COMMIT, () -> {
                    throw new NotAppliedException("someone else was first", null);
                })
                .failingAt(Phase.ABORT, "access denied");

        ParallelWriteException failure = failure();

        assertThat(failure)
                .hasMessage("Target 's3' failed at byte 7 of 'reports/a.csv' while committing: someone else was first. "
                        + "Hidden bytes may be left: access denied. "
                        + "'local' holds it. The targets may differ under this path.");
        assertThatTheAbortIsToldOf(failure, "access denied");
    }

    /** As the outcome's own component, and suppressed below the failure that led to the abort. */
    private static void assertThatTheAbortIsToldOf(ParallelWriteException failure, String message) {
        assertThat(failure.result().outcome("s3")).isInstanceOfSatisfying(TargetOutcome.Failed.class, failed -> {
            assertThat(failed.leftBehind()).hasMessage(message);
            assertThat(failed.cause()).isSameAs(failure.getCause());
            assertThat(failed.cause().getSuppressed()).containsExactly(failed.leftBehind());
        });
    }

    @Test
    void saysThatNothingIsLeftBehindWhenTheAbortSucceeded() {
        targets.s3.failingAt(Phase.PREPARE, "no space");

        assertThat(failure().result().outcome("s3"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Failed.class,
                        failed -> assertThat(failed.leftBehind()).isNull());
    }

    @Test
    void carriesTheFailureOfEveryTarget() {
        targets.local.failingAt(Phase.PREPARE, "no space");
        targets.s3.failingAt(Phase.PREPARE, "access denied");

        ParallelWriteException failure = failure();

        assertThat(Stream.concat(Stream.of(failure.getCause()), Stream.of(failure.getSuppressed())))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("no space", "access denied");
        assertThat(failure.getMessage())
                .contains("Target 'local' failed at byte 7 of 'reports/a.csv' while preparing: no space.")
                .contains("Target 's3' failed at byte 7 of 'reports/a.csv' while preparing: access denied.");
    }

    @Test
    void refusesToTellTheOutcomeOfATargetThatTookNoPart() throws IOException {
        WriteResult result = writer.write("reports/a.csv", bytes("content"));

        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> result.outcome("tape"))
                .withMessage("The write of 'reports/a.csv' had no target 'tape', only [local, s3]");
    }
}
