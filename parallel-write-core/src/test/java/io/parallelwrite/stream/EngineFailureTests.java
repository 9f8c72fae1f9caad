package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a write when a target fails, and what its caller is told. */
class EngineFailureTests {

    private final ScriptedTarget good = new ScriptedTarget("good");
    private final ScriptedTarget bad = new ScriptedTarget("bad");

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE"})
    void abortsEveryTargetWhenOneFailsBeforeTheDecision(Phase phase) throws Exception {
        bad.failing(phase);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            ParallelWriteException failure = writeFailing(fixture, "a");

            WriteResult result = failure.result();
            assertThat(result.status()).isEqualTo(WriteStatus.FAILED);
            assertThat(result.outcome("good")).isInstanceOf(TargetOutcome.Aborted.class);
            assertThat(result.outcome("bad"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Failed.class,
                            failed -> assertThat(failed.phase()).isEqualTo(phase));
            assertThat(failure).hasCauseInstanceOf(IOException.class).hasMessageContaining("scripted " + phase);
            assertThat(good.visible).isEmpty();
            assertThat(bad.visible).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE", "COMMIT"})
    void anErrorOfATargetEndsTheWriteLikeAnException(Phase phase) throws Exception {
        bad.on(phase, () -> {
            throw new StackOverflowError("scripted");
        });
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            ParallelWriteException failure = writeFailing(fixture, "a");

            assertThat(failure).hasCauseInstanceOf(StackOverflowError.class);
            assertThat(fixture.engine.usedBytes()).isZero();
        }
    }

    @Test
    void namesTargetByteAndPhaseAndTheStateOfTheOthers() throws Exception {
        bad.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            assertThat(writeFailing(fixture, "reports/a.csv"))
                    .hasMessage("Target 'bad' failed at byte 100 of 'reports/a.csv' while preparing: scripted PREPARE."
                            + " 'good' was aborted. Nothing is visible under this path that was not before.");
        }
    }

    @Test
    void carriesTheFailuresOfTheOtherTargetsAsSuppressed() throws Exception {
        ScriptedTarget worse = new ScriptedTarget("worse").failing(Phase.PREPARE);
        bad.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(good, bad, worse)) {
            ParallelWriteException failure = writeFailing(fixture, "a");

            assertThat(failure.getCause()).hasMessage("scripted PREPARE");
            assertThat(failure.getSuppressed()).hasSize(1);
        }
    }

    @Test
    void isInDoubtWhenACommitThrows() throws Exception {
        bad.failing(Phase.COMMIT);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            WriteResult result = writeFailing(fixture, "a").result();

            assertThat(result.status()).isEqualTo(WriteStatus.IN_DOUBT);
            assertThat(result.outcome("good")).isInstanceOf(TargetOutcome.Committed.class);
            assertThat(result.outcome("bad")).isInstanceOf(TargetOutcome.InDoubt.class);
            assertThat(bad.calls()).doesNotContain("ABORT");
        }
    }

    @Test
    void hasFailedWhenEveryCommitIsCertainlyNotApplied() throws Exception {
        good.refusing(Phase.COMMIT);
        bad.refusing(Phase.COMMIT);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            WriteResult result = writeFailing(fixture, "a").result();

            assertThat(result.status()).isEqualTo(WriteStatus.FAILED);
            assertThat(bad.calls()).endsWith("COMMIT", "ABORT");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isInDoubtWhenAReceiptDiffersFromWhatWasSent() throws Exception {
        bad.lies = true;
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            WriteResult result = writeFailing(fixture, "a").result();

            assertThat(result.outcome("bad")).isInstanceOfSatisfying(TargetOutcome.InDoubt.class, doubt -> {
                assertThat(doubt.phase()).isEqualTo(Phase.COMPARE);
                assertThat(doubt.cause()).hasMessageContaining("its checksum is");
            });
        }
    }

    @Test
    void isDegradedWhenTheRuleIsMetWithoutTheTargetThatFailed() throws Exception {
        bad.failing(Phase.WRITE);
        try (EngineFixture fixture =
                EngineFixture.of(EngineFixture.settings().withRule(EngineFixture.any()), 4, good, bad)) {
            byte[] content = EngineFixture.bytes(1000, 1);
            WriteResult result = fixture.write("a", content);

            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(good.visible.get("a")).isEqualTo(content);
            assertThat(result.outcome("bad")).isInstanceOf(TargetOutcome.Failed.class);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void aTargetThatDoesNotStageIsInDoubtWhenItsAbortFails() throws Exception {
        good.staged = false;
        good.failing(Phase.ABORT);
        bad.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            WriteResult result = writeFailing(fixture, "a").result();

            assertThat(result.status()).isEqualTo(WriteStatus.IN_DOUBT);
            assertThat(result.outcome("good")).isInstanceOf(TargetOutcome.InDoubt.class);
        }
    }

    @Test
    void aStagingTargetThatCannotAbortSaysThatHiddenBytesMayBeLeft() throws Exception {
        good.failing(Phase.ABORT);
        bad.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            ParallelWriteException failure = writeFailing(fixture, "a");

            assertThat(failure.result().status()).isEqualTo(WriteStatus.FAILED);
            assertThat(failure)
                    .hasMessageContaining("'good' was aborted, but hidden bytes may be left: scripted ABORT.");
        }
    }

    @Test
    void everyCallAfterAFailureFailsToo() throws Exception {
        bad.failing(Phase.WRITE);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            ParallelOutputStream out = fixture.open("a");
            assertThatThrownBy(() -> out.write(EngineFixture.bytes(1000, 1)))
                    .isInstanceOf(ParallelWriteException.class);
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(ParallelWriteException.class);
            assertThatThrownBy(out::flush).isInstanceOf(ParallelWriteException.class);
            assertThatThrownBy(out::commit).isInstanceOf(ParallelWriteException.class);
            out.close();
            assertThat(fixture.finished).hasSize(1);
        }
    }

    @Test
    void aDeleteThatOneTargetCertainlyRefusesAndOneDidIsInDoubt() throws Exception {
        bad.refusing(Phase.DELETE);
        try (EngineFixture fixture = EngineFixture.of(good, bad)) {
            ParallelWriteException failure = catchThrowableOfType(
                    ParallelWriteException.class, () -> fixture.engine.delete("token", TargetPath.of("a")));

            assertThat(failure.result().status()).isEqualTo(WriteStatus.IN_DOUBT);
            assertThat(failure)
                    .hasMessage("Target 'bad' failed for 'a' while deleting: scripted refusal."
                            + " 'good' has deleted it. The targets may differ under this path.");
        }
    }

    private static ParallelWriteException writeFailing(EngineFixture fixture, String path) {
        return catchThrowableOfType(
                ParallelWriteException.class, () -> fixture.write(path, EngineFixture.bytes(100, 1)));
    }
}
