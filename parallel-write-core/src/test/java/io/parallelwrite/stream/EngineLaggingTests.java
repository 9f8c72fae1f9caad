package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.await;
import static io.parallelwrite.stream.EngineFixture.awaitFailure;
import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target that the rule can do without is dropped from a write that it holds up, before anything is decided. */
class EngineLaggingTests extends SlowedWrite {

    @Test
    void detachesATargetThatHoldsUpTheCallerWithAFullBuffer() throws Exception {
        slow.pending(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 200);
            fixture.letCallerWait(PATIENCE.minusMillis(1), this::goodHasTakenTheBuffer, 0);
            assertThat(caller).isNotDone();
            fixture.timer.advance(Duration.ofMillis(1));

            WriteResult result = await(caller);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(good.visible.get("a")).isEqualTo(EngineFixture.bytes(200, 1));
            assertThat(result.outcome("slow")).isInstanceOfSatisfying(TargetOutcome.Detached.class, detached -> {
                assertThat(detached.elapsed()).isEqualTo(PATIENCE);
                assertThat(detached.offset()).isZero();
                assertThat(detached.cause().behindByteCount()).isEqualTo(BUFFER);
                assertThat(detached.cause())
                        .hasMessage("while writing it held up the write for 5000 ms, the most it may, and was 64 bytes"
                                + " behind");
                assertThat(detached.leftBehind()).isNotNull();
            });
            gate.complete(null);
            fixture.assertNothingLeft();
            assertThat(fixture.late).first().isEqualTo(new LateCompletion("slow", Phase.WRITE, null));
            assertThat(slow.calls()).endsWith("ABORT");
            assertThat(slow.visible).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "OPEN, false", "PREPARE, true", "PREPARE, false"})
    void detachesATargetThatIsTheLastToOpenOrToPrepare(Phase phase, boolean blocks) throws Exception {
        if (blocks) {
            slow.blocking(phase, gate);
        } else {
            slow.pending(phase, gate);
        }
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 10);
            fixture.letCallerWait(PATIENCE, () -> bothAreAt(phase), blocks ? 1 : 0);

            WriteResult result = await(caller);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.outcome("slow"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Detached.class,
                            detached -> assertThat(detached.cause())
                                    .hasMessage(phase.description()
                                            + " it held up the write for 5000 ms, the most it may"));
            gate.complete(null);
            fixture.assertNothingLeft();
            assertThat(slow.calls()).endsWith("ABORT");
            assertThat(slow.visible).isEmpty();
        }
    }

    private boolean bothAreAt(Phase phase) {
        return good.calls().contains(phase.name()) && slow.calls().contains(phase.name());
    }

    @Test
    void addsUpHowLongTheTargetHoldsUpTheCaller() throws Exception {
        List<CompletableFuture<Void>> gates = new CopyOnWriteArrayList<>();
        slow.on(Phase.WRITE, () -> {
            CompletableFuture<Void> next = EngineFixture.gate();
            gates.add(next);
            return next;
        });
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 200);
            for (int i = 0; i < 2; i++) {
                int call = i;
                fixture.letCallerWait(Duration.ofSeconds(2), () -> hasRunAhead(gates, call), 0);
                gates.get(call).complete(null);
            }
            fixture.letCallerWait(Duration.ofMillis(999), () -> hasRunAhead(gates, 2), 0);
            assertThat(caller).isNotDone();
            fixture.timer.advance(Duration.ofMillis(1));

            assertThat(await(caller).outcome("slow")).isInstanceOfSatisfying(TargetOutcome.Detached.class, detached -> {
                assertThat(detached.offset()).isEqualTo(32);
                assertThat(detached.cause().behindByteCount()).isEqualTo(BUFFER);
            });
            gates.forEach(open -> open.complete(null));
            fixture.assertNothingLeft();
        }
    }

    private boolean hasRunAhead(List<CompletableFuture<Void>> gates, int call) {
        return gates.size() == call + 1 && good.takenBytes.get() == BUFFER + 16 * call;
    }

    @Test
    void waitsNeitherForAWorkerNorForTheCleanUpOfWhatItDetached() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(settings().withWorkersPerTarget(1), 4, good, slow)) {
            detachWhileItsOnlyWorkerHangs(fixture);
            slow.failing(Phase.ABORT);
            gate.complete(null);
            until(() -> !fixture.late.isEmpty());
            assertThat(fixture.late).singleElement().satisfies(late -> {
                assertThat(late.phase()).isEqualTo(Phase.ABORT);
                assertThat(late.failure())
                        .hasValueSatisfying(ex -> assertThat(ex).hasMessage("scripted ABORT"));
            });
        }
    }

    @Test
    void closesOnlyWhenTheCleanUpOfWhatItDetachedHasEnded() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(settings().withWorkersPerTarget(1), 4, good, slow)) {
            detachWhileItsOnlyWorkerHangs(fixture);
            Future<?> closing = fixture.asCaller(() -> {
                fixture.engine.close();
                return null;
            });
            fixture.letCallerWait(Duration.ZERO, () -> true, 1);
            assertThat(closing).isNotDone();
            gate.complete(null);
            await(closing);
            assertThat(slow.calls()).endsWith("ABORT");
            fixture.assertNothingLeft();
        }
    }

    private void detachWhileItsOnlyWorkerHangs(EngineFixture fixture) throws Exception {
        ParallelOutputStream out = fixture.open("a");
        fixture.engine.calls().get(1).submit(Phase.READ, gate::join);
        Future<WriteResult> caller = fixture.asCaller(() -> {
            out.write(EngineFixture.bytes(16, 1));
            return out.commit();
        });
        fixture.letCallerWait(PATIENCE, () -> good.calls().contains("PREPARE"), 1);
        assertThat(await(caller).outcome("slow"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Detached.class,
                        detached -> assertThat(detached.leftBehind())
                                .hasMessageContaining("still being discarded when the write ended"));
    }

    @Test
    void takesATargetOutThatHoldsUpOneWriteAfterTheOther() throws Exception {
        slow.pending(Phase.WRITE, gate);
        EngineSettings settings =
                settings().withBreaker(BreakerSettings.defaults().withFailureLimit(2));
        try (EngineFixture fixture = EngineFixture.of(settings, good, slow)) {
            for (int i = 0; i < 2; i++) {
                good.takenBytes.set(0);
                slow.clearCalls();
                Future<WriteResult> caller = write(fixture, 200);
                fixture.letCallerWait(PATIENCE, this::goodHasTakenTheBuffer, 0);
                assertThat(await(caller).outcome("slow")).isInstanceOf(TargetOutcome.Detached.class);
            }
            slow.clearCalls();

            assertThat(fixture.write("b", EngineFixture.bytes(200, 1)).outcome("slow"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Failed.class,
                            failed -> assertThat(failed.cause())
                                    .isInstanceOf(TargetOutException.class)
                                    .hasMessageContaining("LaggingTargetException"));
            assertThat(slow.calls()).isEmpty();
            gate.complete(null);
        }
    }

    @Test
    void isInDoubtAboutATargetThatDoesNotStage() throws Exception {
        slow.staged = false;
        slow.pending(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 200);
            fixture.letCallerWait(PATIENCE, this::goodHasTakenTheBuffer, 0);

            WriteResult result = await(caller);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.outcome("slow")).isInstanceOf(TargetOutcome.InDoubt.class);
            assertThat(fixture.engine.hasUnreturnedChange(
                            EngineFixture.request("a", -1).path()))
                    .isTrue();
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void saysInTheFailureOfTheWriteThatATargetWasDetached() throws Exception {
        slow.pending(Phase.WRITE, gate);
        good.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 200);
            fixture.letCallerWait(PATIENCE, this::goodHasTakenTheBuffer, 0);

            ParallelWriteException failure = awaitFailure(caller);
            assertThat(failure.result().status()).isEqualTo(WriteStatus.FAILED);
            assertThat(failure)
                    .hasMessageContaining(
                            "Target 'slow' was detached from 'a' at byte 0: while writing it held up the"
                                    + " write for 5000 ms, the most it may, and was 64 bytes behind. Hidden bytes may be left: ")
                    .hasMessageContaining("Target 'good' failed at byte 200 of 'a' while preparing: scripted PREPARE.")
                    .hasMessageEndingWith("Nothing is visible under this path that was not before.");
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void givesATargetThatHangsInOpenNoMoreCallsThanItsShareWhileWritesGoOn() throws Exception {
        slow.blocking(Phase.OPEN, gate);
        try (EngineFixture fixture = EngineFixture.of(settings().withWorkersPerTarget(2), 4, good, slow)) {
            for (int i = 0; i < 10; i++) {
                String path = "a" + i;
                int calls = i + 1;
                Future<WriteResult> caller = fixture.asCaller(() -> fixture.write(path, EngineFixture.bytes(100, 1)));
                if (i < 2) { // the first two are detached, the others refused at once
                    fixture.letCallerWait(
                            PATIENCE, () -> slow.calls().size() == calls && good.openWrites.get() == 1, calls);
                }
                WriteResult result = await(caller);
                assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
                assertThat(result.outcome("slow"))
                        .isInstanceOf(i < 2 ? TargetOutcome.Detached.class : TargetOutcome.Failed.class);
            }
            assertThat(slow.calls()).containsOnly("OPEN").hasSize(2);
            gate.complete(null);
            until(() -> fixture.late.size() >= 2);
            fixture.letProbeSucceed("slow");
            fixture.assertNothingLeft();
        }
    }
}
