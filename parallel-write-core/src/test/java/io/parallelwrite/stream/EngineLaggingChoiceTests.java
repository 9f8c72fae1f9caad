package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.await;
import static io.parallelwrite.stream.EngineFixture.awaitFailure;
import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Which targets are detached from a write: those that hold it up, as long as the rule is met without them. */
class EngineLaggingChoiceTests extends SlowedWrite {

    private static final Duration LONG = Duration.ofMinutes(1); // no deadline of the defaults that concerns these tests

    private boolean bothAreAt(Phase phase) {
        return good.calls().contains(phase.name()) && slow.calls().contains(phase.name());
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
