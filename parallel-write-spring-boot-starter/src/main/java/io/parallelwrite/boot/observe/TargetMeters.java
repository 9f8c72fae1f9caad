package io.parallelwrite.boot.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.outcome.TargetStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Shows how each target of a writer is: {@value #STATE}, {@value #WAITING} and {@value #UNRETURNED}. Tags are names of targets and
 * states.
 *
 * <p>The gauges answer from memory. Thread-safe.
 */
public final class TargetMeters {

    /** Gauge, tagged {@code target} and {@code state} ({@code in_sync}, {@code catching_up}, {@code out}): 1 for the state it is in, 0 for the others. */
    public static final String STATE = "parallel.write.target.state";

    /** Gauge of the writes and deletes in the journal that wait for the target, tagged {@code target}. */
    public static final String WAITING = "parallel.write.target.waiting";

    /** Gauge of the calls that were given up at their deadlines and have not returned, tagged {@code target}. */
    public static final String UNRETURNED = "parallel.write.target.unreturned.calls";

    /**
     * Registers the meters.
     *
     * @param registry where meters go
     * @param writer kept as long as the registry
     */
    public TargetMeters(MeterRegistry registry, ParallelResourceWriter writer) {
        writer.status().targets().forEach(target -> register(registry, writer, target.target()));
    }

    private static void register(MeterRegistry registry, ParallelResourceWriter writer, String target) {
        for (TargetState state : TargetState.values()) {
            gauge(STATE, writer, target, status -> status.state() == state ? 1 : 0)
                    .description("Whether the target is in the state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        gauge(WAITING, writer, target, TargetStatus::waitingEntries)
                .description("Writes and deletes in the journal that wait for the target")
                .register(registry);
        gauge(UNRETURNED, writer, target, TargetStatus::unreturnedCalls)
                .description("Calls to the target that were given up and have not returned")
                .register(registry);
    }

    private static Gauge.Builder<ParallelResourceWriter> gauge(
            String name, ParallelResourceWriter writer, String target, ToDoubleFunction<TargetStatus> value) {
        return Gauge.builder(
                        name,
                        writer,
                        asked -> status(asked, target).map(value::applyAsDouble).orElse(Double.NaN))
                .tag("target", target)
                .strongReference(true);
    }

    private static Optional<TargetStatus> status(ParallelResourceWriter writer, String target) {
        return writer.status().targets().stream()
                .filter(status -> status.target().equals(target))
                .findFirst();
    }
}
