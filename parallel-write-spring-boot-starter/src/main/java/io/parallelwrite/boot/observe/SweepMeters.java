package io.parallelwrite.boot.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.repair.SweepListener;
import io.parallelwrite.repair.SweepOutcome;
import java.util.Locale;

/**
 * Counts what was left over at the targets and is discarded, or could not be: {@value #SWEPT}. No meter is tagged with a path.
 *
 * <p>Thread-safe.
 */
public final class SweepMeters implements SweepListener {

    /**
     * Counter of left-overs, tagged {@code target}, {@code found} ({@code noted} or {@code aged}) and {@code outcome} ({@code
     * discarded} or {@code failed}, which counts attempts).
     */
    public static final String SWEPT = "parallel.write.swept";

    private final MeterRegistry registry;

    /**
     * Creates the listener. Its meters are registered when something is found first.
     *
     * @param registry where meters go
     */
    public SweepMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void swept(SweepOutcome outcome) {
        counter(outcome, "discarded").increment((double) outcome.discarded());
        counter(outcome, "failed").increment((double) outcome.failed());
    }

    private Counter counter(SweepOutcome outcome, String what) {
        return Counter.builder(SWEPT)
                .description("Left-overs of killed processes and failed aborts")
                .tag("target", outcome.target())
                .tag("found", outcome.found().name().toLowerCase(Locale.ROOT))
                .tag("outcome", what)
                .register(registry);
    }
}
