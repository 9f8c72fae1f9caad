package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.await;
import static io.parallelwrite.stream.EngineFixture.awaitFailure;
import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetPath;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that hangs is given up at its deadline, never interrupted, and noticed when it ends after all. */
class EngineDeadlineTests {

    private final CompletableFuture<Void> gate = EngineFixture.gate();
    private final ScriptedTarget good = new ScriptedTarget("good");
    private final ScriptedTarget hung = new ScriptedTarget("hung");

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE"})
    void aBlockedCallBeforeTheDecisionFailsTheWriteAtItsDeadline(Phase phase) throws Exception {
        hung.blocking(phase, gate);
        givesUpAndCleansUpLater(phase, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE"})
    void aPendingStageBeforeTheDecisionFailsTheWriteAtItsDeadline(Phase phase) throws Exception {
        hung.pending(phase, gate);
        givesUpAndCleansUpLater(phase, 0);
    }

    private void givesUpAndCleansUpLater(Phase phase, int heldWorkers) throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good, hung)) {
            Future<?> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(100, 1)));
            fixture.letDeadlinePass(hung, phase, 1, heldWorkers);

            WriteResult result = awaitFailure(caller).result();
            assertThat(result.status()).isEqualTo(WriteStatus.FAILED);
            assertThat(result.outcome("hung")).isInstanceOfSatisfying(TargetOutcome.Failed.class, failed -> {
                assertThat(failed.phase()).isEqualTo(phase);
                assertThat(failed.cause()).isInstanceOf(DeadlineExceededException.class);
            });
            assertThat(result.outcome("good")).isInstanceOf(TargetOutcome.Aborted.class);
            assertThat(hung.calls()).doesNotContain("ABORT");

            gate.complete(null);
            until(() -> !fixture.late.isEmpty());
            assertThat(fixture.late).first().isEqualTo(new LateCompletion("hung", phase, null));
            fixture.assertNothingLeft();
            assertThat(hung.calls()).endsWith("ABORT");
            assertThat(hung.visible).isEmpty();
        }
    }

    @Test
    void theBytesOfAnAbandonedWriteAreNotReusedUntilItEnds() throws Exception {
        hung.blocking(Phase.WRITE, gate);
        byte[] first = EngineFixture.bytes(16, 1);
        try (EngineFixture fixture =
                EngineFixture.of(EngineFixture.settings().withRule(EngineFixture.any()), 8, good, hung)) {
            ParallelOutputStream out = fixture.open("a");
            out.write(first);
            fixture.letDeadlinePass(hung, Phase.WRITE, 1, 1);
            out.commit();
            assertThat(fixture.engine.usedBytes()).isEqualTo(16);
            hung.on(Phase.WRITE, () -> io.parallelwrite.target.TargetWrite.done());
            for (int i = 0; i < 50; i++) {
                fixture.write("b" + i, EngineFixture.bytes(64, i));
            }
            gate.complete(null);
            fixture.assertNothingLeft();
            assertThat(hung.takenBytes.get()).isEqualTo(16 + 50 * 64);
        }
    }

    @Test
    void anAbortForWhichThereIsNoWorkerAnyMoreHoldsThePathNoLonger() throws Exception {
        hung.staged = false;
        hung.pending(Phase.WRITE, gate);
        TargetPath path = TargetPath.of("a");
        try (EngineFixture fixture =
                EngineFixture.of(EngineFixture.settings().withRule(EngineFixture.any()), 8, good, hung)) {
            ParallelOutputStream out = fixture.open("a");
            out.write(EngineFixture.bytes(16, 1));
            fixture.letDeadlinePass(hung, Phase.WRITE, 1, 0);
            out.commit();
            assertThat(fixture.engine.hasUnreturnedChange(path)).isTrue();
            fixture.takesNoTasks = true;
            gate.complete(null);
            until(() -> !fixture.engine.hasUnreturnedChange(path));
            fixture.takesNoTasks = false;
        }
    }

    @Test
    void aCommitThatHangsIsInDoubt() throws Exception {
        hung.blocking(Phase.COMMIT, gate);
        try (EngineFixture fixture = EngineFixture.of(good, hung)) {
            Future<?> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(100, 1)));
            fixture.letDeadlinePass(hung, Phase.COMMIT, 1, 1);

            WriteResult result = awaitFailure(caller).result();
            assertThat(result.status()).isEqualTo(WriteStatus.IN_DOUBT);
            assertThat(result.outcome("hung")).isInstanceOf(TargetOutcome.InDoubt.class);
            assertThat(result.outcome("good")).isInstanceOf(TargetOutcome.Committed.class);

            gate.complete(null);
            until(() -> !fixture.late.isEmpty());
            assertThat(hung.visible).containsKey("a");
            assertThat(hung.calls()).doesNotContain("ABORT");
        }
    }

    @Test
    void noChangeOfAPathOvertakesACommitThatHasNotReturned() throws Exception {
        hung.blocking(Phase.COMMIT, gate);
        try (EngineFixture fixture = EngineFixture.of(good, hung)) {
            Future<?> first = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(100, 1)));
            fixture.letDeadlinePass(hung, Phase.COMMIT, 1, 1);
            awaitFailure(first);
            byte[] old = good.visible.get("a");

            ParallelWriteException second = catchThrowableOfType(
                    ParallelWriteException.class, () -> fixture.write("a", EngineFixture.bytes(100, 2)));
            assertThat(second.result().status()).isEqualTo(WriteStatus.FAILED);
            assertThat(second).hasMessageContaining("has not returned");
            assertThat(good.visible.get("a")).isEqualTo(old);

            gate.complete(null);
            until(() -> !fixture.late.isEmpty());
            byte[] third = EngineFixture.bytes(100, 3);
            fixture.write("a", third);
            assertThat(good.visible.get("a")).isEqualTo(third);
            assertThat(hung.visible.get("a")).isEqualTo(third);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void anAbortThatHangsDoesNotHoldTheCallerBeyondItsDeadline() throws Exception {
        hung.blocking(Phase.ABORT, gate);
        try (EngineFixture fixture = EngineFixture.of(good, hung)) {
            ParallelOutputStream out = fixture.open("a");
            Future<?> caller = fixture.asCaller(() -> {
                out.close();
                return null;
            });
            until(() -> hung.calls().contains("ABORT"));
            fixture.timer.advance(Duration.ofSeconds(11));
            await(caller);
            assertThat(fixture.finished.get(0).outcome("hung"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Aborted.class,
                            aborted -> assertThat(aborted.leftBehind()).isInstanceOf(DeadlineExceededException.class));
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void aHungTargetNeitherHoldsTheWorkersOfOthersNorGetsMoreCallsThanItsShare() throws Exception {
        hung.blocking(Phase.OPEN, gate);
        EngineSettings settings =
                EngineFixture.settings().withRule(EngineFixture.any()).withWorkersPerTarget(2);
        try (EngineFixture fixture = EngineFixture.of(settings, 4, good, hung)) {
            for (int i = 0; i < 10; i++) {
                String path = "a" + i;
                Future<WriteResult> caller = fixture.asCaller(() -> fixture.write(path, EngineFixture.bytes(100, 1)));
                if (i < 2) { // the first two hang, the others are refused at once
                    fixture.letDeadlinePass(hung, Phase.OPEN, i + 1, i + 1);
                }
                assertThat(await(caller).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            }
            assertThat(hung.calls()).containsOnly("OPEN").hasSize(2);
            assertThat(fixture.finished.get(9).outcome("hung"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Failed.class,
                            failed -> assertThat(failed.cause())
                                    .isInstanceOf(TargetOutException.class)
                                    .cause()
                                    .hasMessageContaining("2 calls to target 'hung' have not returned"));
            gate.complete(null);
            fixture.letProbeSucceed("hung");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void aSlowCallerDoesNotUseUpATargetsDeadline() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good, hung)) {
            ParallelOutputStream out = fixture.open("a");
            for (int i = 0; i < 10; i++) {
                out.write(EngineFixture.bytes(16, i));
                int taken = 16 * (i + 1);
                until(() -> hung.takenBytes.get() == taken && good.takenBytes.get() == taken);
                until(() -> fixture.engine.usedBytes() == 0);
                fixture.timer.advance(Duration.ofHours(1));
            }
            assertThat(out.commit().status()).isEqualTo(WriteStatus.COMMITTED);
            fixture.assertNothingLeft();
        }
    }
}
