package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.await;
import static io.parallelwrite.stream.EngineFixture.awaitFailure;
import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target that the rule can do without is dropped from a write that it holds up, before anything is decided. */
class EngineLaggingTests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(1); // no deadline of the defaults that concerns these tests
    private static final int BUFFER = 64;

    private final CompletableFuture<Void> gate = EngineFixture.gate();
    private final ScriptedTarget good = new ScriptedTarget("good");
    private final ScriptedTarget slow = new ScriptedTarget("slow");

    private static EngineSettings settings() {
        return EngineFixture.settings()
                .withRule(EngineFixture.any())
                .withLagging("slow", Lagging.detachAfter(PATIENCE));
    }

    private Future<WriteResult> write(EngineFixture fixture, int byteCount) {
        return fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(byteCount, 1)));
    }

    private boolean goodHasTakenTheBuffer() {
        return good.takenBytes.get() == BUFFER && slow.calls().contains("WRITE");
    }

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
                assertThat(detached.leftBehind()).hasMessageContaining("an earlier call has not returned");
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
    void detachesNoneWhileTheCallerWaitsForOneThatHasToStay() throws Exception {
        CompletableFuture<Void> goodsGate = EngineFixture.gate();
        good.pending(Phase.WRITE, goodsGate);
        slow.pending(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 200);
            fixture.letCallerWait(LONG, () -> bothAreAt(Phase.WRITE) && fixture.engine.usedBytes() == BUFFER, 0);
            assertThat(caller).isNotDone();
            goodsGate.complete(null);
            fixture.letCallerWait(PATIENCE, this::goodHasTakenTheBuffer, 0);

            assertThat(await(caller).outcome("slow")).isInstanceOf(TargetOutcome.Detached.class);
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void detachesOnceTheOneThatHasToStayHasFailed() throws Exception {
        CompletableFuture<Void> thirdsGate = EngineFixture.gate();
        ScriptedTarget third = new ScriptedTarget("third").pending(Phase.PREPARE, thirdsGate);
        slow.pending(Phase.PREPARE, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow, third)) {
            Future<WriteResult> caller = write(fixture, 10);
            fixture.letCallerWait(
                    LONG, () -> bothAreAt(Phase.PREPARE) && third.calls().contains("PREPARE"), 0);
            thirdsGate.completeExceptionally(new IOException("disk full"));
            fixture.letCallerWait(PATIENCE, () -> true, 0);

            WriteResult result = await(caller);
            assertThat(result.outcome("slow")).isInstanceOf(TargetOutcome.Detached.class);
            assertThat(result.outcome("third")).isInstanceOf(TargetOutcome.Failed.class);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void neverDetachesSoManyThatTheRuleIsNotMet() throws Exception {
        CompletableFuture<Void> othersGate = EngineFixture.gate();
        ScriptedTarget other = new ScriptedTarget("other").pending(Phase.PREPARE, othersGate);
        slow.pending(Phase.PREPARE, gate);
        EngineSettings settings =
                settings().withRule(AcknowledgementRule.atLeast(2)).withLagging("other", Lagging.detachAfter(PATIENCE));
        try (EngineFixture fixture = EngineFixture.of(settings, good, slow, other)) {
            Future<WriteResult> caller = write(fixture, 10);
            fixture.letCallerWait(
                    LONG, () -> bothAreAt(Phase.PREPARE) && other.calls().contains("PREPARE"), 0);
            assertThat(caller).isNotDone();
            othersGate.complete(null);
            fixture.letCallerWait(PATIENCE, () -> true, 0);

            WriteResult result = await(caller);
            assertThat(result.outcome("slow")).isInstanceOf(TargetOutcome.Detached.class);
            assertThat(result.outcome("other")).isInstanceOf(TargetOutcome.Committed.class);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void detachesEachOfTwoWhenItsOwnPatienceIsOver() throws Exception {
        ScriptedTarget slower = new ScriptedTarget("slower").pending(Phase.PREPARE, gate);
        slow.pending(Phase.PREPARE, gate);
        EngineSettings settings = settings().withLagging("slower", Lagging.detachAfter(PATIENCE.multipliedBy(2)));
        try (EngineFixture fixture = EngineFixture.of(settings, good, slow, slower)) {
            Future<WriteResult> caller = write(fixture, 10);
            fixture.letCallerWait(
                    PATIENCE.multipliedBy(2),
                    () -> bothAreAt(Phase.PREPARE) && slower.calls().contains("PREPARE"),
                    0);

            WriteResult result = await(caller);
            assertThat(result.outcome("slow").elapsed()).isEqualTo(PATIENCE);
            assertThat(result.outcome("slower").elapsed()).isEqualTo(PATIENCE.multipliedBy(2));
            assertThat(result.outcomes().subList(1, 3)).hasOnlyElementsOfType(TargetOutcome.Detached.class);
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void detachesNoTargetThatTheRuleOfTheWriteNeeds() throws Exception {
        slow.pending(Phase.PREPARE, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = fixture.asCaller(() -> {
                try (ParallelOutputStream out =
                        fixture.engine.open(EngineFixture.request("a", -1), null, AcknowledgementRule.all())) {
                    out.write(EngineFixture.bytes(10, 1));
                    return out.commit();
                }
            });
            fixture.letCallerWait(Duration.ofMinutes(2), () -> bothAreAt(Phase.PREPARE), 0);

            WriteResult result = awaitFailure(caller).result();
            assertThat(result.status()).isEqualTo(WriteStatus.FAILED);
            assertThat(result.outcome("slow"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Failed.class,
                            failed -> assertThat(failed.cause()).isInstanceOf(DeadlineExceededException.class));
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void detachesNoneAfterTheCommitWasSent() throws Exception {
        slow.blocking(Phase.COMMIT, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), good, slow)) {
            Future<WriteResult> caller = write(fixture, 10);
            fixture.letCallerWait(LONG, () -> bothAreAt(Phase.COMMIT), 1);
            assertThat(caller).isNotDone();
            fixture.timer.advance(LONG);

            WriteResult result = await(caller);
            assertThat(result.outcome("slow")).isInstanceOf(TargetOutcome.InDoubt.class);
            gate.complete(null);
            until(() -> !fixture.late.isEmpty());
        }
    }

    @Test
    void waitsNeitherForAWorkerNorForTheCleanUpOfWhatItDetached() throws Exception {
        CompletableFuture<Void> goodsGate = EngineFixture.gate();
        slow.blocking(Phase.WRITE, gate);
        EngineSettings settings = settings().withWorkersPerTarget(1);
        try (EngineFixture fixture = EngineFixture.of(settings, 4, good, slow)) {
            ParallelOutputStream holding = fixture.open("holding");
            ParallelOutputStream out = fixture.open("a");
            holding.write(EngineFixture.bytes(16, 2)); // the only worker of the target hangs with it
            until(() -> slow.calls().contains("WRITE"));
            good.pending(Phase.COMMIT, goodsGate);
            Future<WriteResult> caller = fixture.asCaller(() -> {
                out.write(EngineFixture.bytes(16, 1));
                return out.commit();
            });
            fixture.letCallerWait(PATIENCE, () -> good.calls().contains("PREPARE"), 1);
            slow.failing(Phase.ABORT);
            until(() -> good.calls().contains("COMMIT"));
            goodsGate.complete(null);

            assertThat(await(caller).outcome("slow"))
                    .isInstanceOfSatisfying(
                            TargetOutcome.Detached.class,
                            detached -> assertThat(detached.leftBehind())
                                    .hasMessageContaining("still being discarded when the write ended"));
            gate.complete(null);
            until(() -> !fixture.late.isEmpty());
            assertThat(fixture.late).singleElement().satisfies(late -> {
                assertThat(late.phase()).isEqualTo(Phase.ABORT);
                assertThat(late.failure())
                        .hasValueSatisfying(ex -> assertThat(ex).hasMessage("scripted ABORT"));
            });
            slow.on(Phase.ABORT, TargetWrite::done);
            holding.close();
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
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closesOnlyWhenTheCleanUpOfWhatItDetachedHasEnded() throws Exception {
        slow.pending(Phase.WRITE, gate);
        CompletableFuture<Void> abortGate = EngineFixture.gate();
        slow.pending(Phase.ABORT, abortGate);
        EngineFixture fixture = EngineFixture.of(settings().withWorkersPerTarget(1), good, slow);
        Future<WriteResult> caller = write(fixture, 200);
        fixture.letCallerWait(PATIENCE, this::goodHasTakenTheBuffer, 0);
        await(caller);
        gate.complete(null);
        until(() -> slow.calls().contains("ABORT"));
        abortGate.complete(null);
        fixture.close();
        assertThat(slow.openWrites).hasValue(0);
    }

    @Test
    void refusesToDetachATargetThatEveryWriteNeeds() {
        EngineSettings settings = EngineFixture.settings().withLagging("slow", Lagging.detachAfter(PATIENCE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineFixture.of(settings, good, slow))
                .withMessageContaining("Target 'slow' is to be detached when it lags behind")
                .withMessageContaining("let it block, or choose a rule that can do without it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineFixture.of(settings.withRule(EngineFixture.any()), good))
                .withMessageContaining("There is no target 'slow'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lagging.detachAfter(Duration.ZERO))
                .withMessageContaining("[PT0S] must be positive");
    }
}
