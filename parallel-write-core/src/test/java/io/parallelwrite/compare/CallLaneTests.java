package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineEnvironment;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.MemoryTarget;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On which thread what a target opened is closed. */
class CallLaneTests {

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ManualTimer timer = new ManualTimer();
    private final TargetCalls calls = new WriteEngine(
                    List.of(new MemoryTarget("a")),
                    EngineSettings.defaults().withWorkersPerTarget(1),
                    EngineEnvironment.of(workers, timer, List.of()))
            .calls()
            .get(0);
    private final CompletableFuture<Thread> closedOn = new CompletableFuture<>();

    @AfterEach
    void endWorkers() {
        workers.shutdown();
    }

    private CallLane<Closeable> open() throws Exception {
        return EngineFixture.await(CallLane.open(calls, target -> () -> closedOn.complete(Thread.currentThread())));
    }

    @Test
    void closesOnTheCallersThreadWhatWorks() throws Exception {
        open().close();
        assertThat(closedOn).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void closesOnAWorkerWhatWaitedBehindACallThatHangs() throws Exception {
        Gate gate = new Gate();
        CallLane<Closeable> lane = open();
        calls.submit(Phase.READ, () -> {
            gate.pass();
            return "late";
        });
        gate.awaitArrival();
        CompletableFuture<String> waiting = lane.submit(opened -> "never");
        lane.close();
        assertThatThrownBy(() -> EngineFixture.await(waiting)).hasMessageContaining("The read was closed");
        timer.advance(Deadlines.defaults().stall());
        assertThat(closedOn).as("on the thread of the alarms").isNotDone();
        gate.open();
        assertThat(EngineFixture.await(closedOn)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void closesOnAWorkerAfterACallThatWasGivenUp() throws Exception {
        Gate gate = new Gate();
        CallLane<Closeable> lane = open();
        calls.submit(Phase.READ, () -> {
            gate.pass();
            return "late";
        });
        gate.awaitArrival();
        CompletableFuture<String> waiting = lane.submit(opened -> "never");
        timer.advance(Deadlines.defaults().stall());
        assertThatThrownBy(() -> EngineFixture.await(waiting)).isNotNull();
        lane.close();
        assertThat(closedOn).as("on the thread that closes").isNotDone();
        gate.open();
        assertThat(EngineFixture.await(closedOn)).isNotSameAs(Thread.currentThread());
    }
}
