package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TargetCallsTests {

    private final ScriptedTarget target = new ScriptedTarget("a");

    /** Asks for a call that holds its worker until the gate opens, and waits until it is made. */
    private static TargetCall<String> hang(TargetCalls calls, CompletableFuture<Void> gate)
            throws InterruptedException {
        CountDownLatch made = new CountDownLatch(1);
        TargetCall<String> call = calls.submit(Phase.READ, () -> {
            made.countDown();
            gate.join();
            return "late";
        });
        made.await();
        return call;
    }

    private static void letDeadlinePass(EngineFixture fixture) {
        fixture.timer.advance(Deadlines.defaults().stall());
    }

    @Test
    void returnsWhatTheCallReturnsInTimeAndAtLast() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(target)) {
            TargetCall<String> call = fixture.engine.calls().get(0).submit(Phase.READ, () -> "value");
            assertThat(EngineFixture.await(call.inTime())).isEqualTo("value");
            assertThat(EngineFixture.await(call.atLast())).isEqualTo("value");
            assertThat(fixture.timer.alarmCount()).isZero();
        }
    }

    @Test
    void failsWithWhatTheCallThrows() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(target)) {
            IOException thrown = new IOException("scripted");
            TargetCall<String> call = fixture.engine.calls().get(0).submit(Phase.READ, () -> {
                throw thrown;
            });
            assertThatThrownBy(() -> EngineFixture.await(call.inTime())).hasCause(thrown);
            assertThatThrownBy(() -> EngineFixture.await(call.atLast())).hasCause(thrown);
        }
    }

    @Test
    void givesACallUpAtItsDeadlineAndTellsWhenItReturnsAfterAll() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(target)) {
            CompletableFuture<Void> gate = EngineFixture.gate();
            TargetCall<String> call = hang(fixture.engine.calls().get(0), gate);
            letDeadlinePass(fixture);
            assertThatThrownBy(() -> EngineFixture.await(call.inTime()))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessage("it did not answer for 90000 ms");
            assertThat(call.atLast()).isNotDone();
            gate.complete(null);
            assertThat(EngineFixture.await(call.atLast())).isEqualTo("late");
        }
    }

    @Test
    void neverMakesACallWhoseDeadlinePassedWhileItWaitedForAWorker() throws Exception {
        List<String> made = new ArrayList<>();
        EngineSettings settings = EngineFixture.settings().withWorkersPerTarget(1);
        try (EngineFixture fixture = EngineFixture.of(settings, 1, target)) {
            CompletableFuture<Void> gate = EngineFixture.gate();
            TargetCalls calls = fixture.engine.calls().get(0);
            hang(calls, gate);
            TargetCall<Boolean> second = calls.submit(Phase.READ, () -> made.add("second"));
            letDeadlinePass(fixture);
            assertThatThrownBy(() -> EngineFixture.await(second.atLast())).hasCauseInstanceOf(IOException.class);
            gate.complete(null);
        }
        assertThat(made).isEmpty();
    }

    @Test
    void refusesCallsAtOnceWhileATargetsShareOfWorkersHangs() throws Exception {
        ScriptedTarget other = new ScriptedTarget("b");
        EngineSettings settings = EngineFixture.settings().withWorkersPerTarget(1);
        try (EngineFixture fixture = EngineFixture.of(settings, 2, target, other)) {
            CompletableFuture<Void> gate = EngineFixture.gate();
            TargetCalls calls = fixture.engine.calls().get(0);
            TargetCall<String> hung = hang(calls, gate);
            letDeadlinePass(fixture);
            assertThatThrownBy(() -> EngineFixture.await(
                            calls.submit(Phase.READ, () -> "x").inTime()))
                    .hasMessageContaining("1 calls to target 'a' have not returned");
            assertThat(EngineFixture.await(fixture.engine
                            .calls()
                            .get(1)
                            .submit(Phase.READ, () -> "y")
                            .inTime()))
                    .as("another target")
                    .isEqualTo("y");
            gate.complete(null);
            EngineFixture.await(hung.atLast());
            assertThat(EngineFixture.await(
                            calls.submit(Phase.READ, () -> "again").inTime()))
                    .isEqualTo("again");
        }
    }

    @Test
    void takesTurnsWithWritesOnOneWorker() throws Exception {
        EngineSettings settings = EngineFixture.settings().withWorkersPerTarget(1);
        try (EngineFixture fixture = EngineFixture.of(settings, 1, target)) {
            TargetCalls calls = fixture.engine.calls().get(0);
            try (ParallelOutputStream out = fixture.open("p")) {
                out.write(EngineFixture.bytes(1000, 1));
                assertThat(EngineFixture.await(
                                calls.submit(Phase.READ, () -> "in between").inTime()))
                        .isEqualTo("in between");
                assertThat(out.commit().status()).isEqualTo(WriteStatus.COMMITTED);
            }
        }
    }

    @Test
    void saysSoWhenThereIsNoWorker() throws Exception {
        WriteEngine engine = new WriteEngine(
                List.of(target),
                EngineFixture.settings().withShutdown(Duration.ZERO),
                EngineEnvironment.of(
                        task -> {
                            throw new RejectedExecutionException("closed");
                        },
                        new ManualTimer(),
                        List.of()));
        TargetCall<String> call = engine.calls().get(0).submit(Phase.READ, () -> "never");
        assertThatThrownBy(() -> EngineFixture.await(call.inTime()))
                .hasMessageContaining("the executor takes no more work");
        assertThat(call.atLast()).isCompletedExceptionally();
    }
}
