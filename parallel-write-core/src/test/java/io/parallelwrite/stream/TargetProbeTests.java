package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.outcome.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetProbeTests {

    private final ManualTimer timer = new ManualTimer();
    private final ScriptedTarget scripted = new ScriptedTarget("one");
    private final EngineTarget target = new EngineTarget(
            scripted,
            EngineFixture.settings().withWorkersPerTarget(1),
            new EngineEnvironment(Runnable::run, timer, List.of(), DecisionLog.NONE));
    private final List<@Nullable Throwable> ends = new ArrayList<>();

    @Test
    void endsAlsoIfItsLastCallReturnsInTheMomentItIsGivenUp() {
        CompletableFuture<Void> gate = EngineFixture.gate();
        scripted.pending(Phase.DELETE, gate);
        TargetProbe.start(target, timer, ends::add);
        assertThat(scripted.calls()).endsWith("DELETE");
        target.breaker().whenChanged(() -> gate.complete(null)); // told of the call that hangs, before the probe is
        timer.advance(Deadlines.defaults().commit());
        assertThat(ends).hasSize(1);
    }
}
