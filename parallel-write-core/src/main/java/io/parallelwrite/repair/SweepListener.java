package io.parallelwrite.repair;

/**
 * Hears of left-overs that were discarded, or could not be.
 *
 * <p>Called on the thread that sweeps; must return quickly. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface SweepListener {

    /**
     * Takes what came of a search that found something.
     *
     * @param outcome what was discarded and what failed
     */
    void swept(SweepOutcome outcome);
}
