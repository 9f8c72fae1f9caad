package io.parallelwrite.boot.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.RepairedPath;

/**
 * Shows how much the journal remembers, {@value #ENTRIES}, and counts how divergences end, {@value #REPAIRS}. No meter is
 * tagged with a path.
 *
 * <p>Thread-safe.
 */
public final class RepairMeters implements RepairListener {

    /** Gauge of the writes and deletes in the journal: those about to commit, and those that wait for their repair. */
    public static final String ENTRIES = "parallel.write.journal.entries";

    /** Counter of the divergences that have ended, tagged {@code outcome}: {@code repaired}, {@code rolled_back} or {@code given_up}. */
    public static final String REPAIRS = "parallel.write.repairs";

    private final Counter repaired;
    private final Counter rolledBack;
    private final Counter givenUp;

    /**
     * Creates the listener and registers its meters.
     *
     * @param registry where meters go
     * @param journal the journal of the writer; kept as long as the registry
     */
    public RepairMeters(MeterRegistry registry, Journal journal) {
        Gauge.builder(ENTRIES, journal, Journal::size)
                .description("Writes and deletes in the journal")
                .strongReference(true)
                .register(registry);
        repaired = counter(registry, "repaired");
        rolledBack = counter(registry, "rolled_back");
        givenUp = counter(registry, "given_up");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder(REPAIRS)
                .description("Divergences that have ended, or wait for somebody to choose")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void repaired(RepairOutcome.Settled outcome) {
        repaired.increment();
    }

    @Override
    public void copied(RepairedPath path) {
        repaired.increment();
    }

    @Override
    public void rolledBack(RepairOutcome.RolledBack outcome) {
        rolledBack.increment();
    }

    @Override
    public void givenUp(RepairOutcome.GivenUp outcome) {
        givenUp.increment();
    }
}
