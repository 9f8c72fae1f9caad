package io.parallelwrite.divergence;

/**
 * Hears of every divergence, once, on the thread of the caller whose write diverged.
 *
 * <p>What it throws is logged and changes nothing for the write.
 */
@FunctionalInterface
public interface DivergenceListener {

    /**
     * A divergence was found.
     *
     * @param divergence which path, which targets, and what each said
     */
    void diverged(Divergence divergence);
}
