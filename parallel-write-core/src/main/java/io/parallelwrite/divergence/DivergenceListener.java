package io.parallelwrite.divergence;

/**
 * Hears of every divergence: of one that a write left behind once, of one that is found by reading, comparing or listing
 * each time that finds it, and of one that a scrub finds again only after it had ended.
 *
 * <p>Called on the thread that found it; must return quickly. What it throws is logged and changes nothing for the write or
 * read.
 */
@FunctionalInterface
public interface DivergenceListener {

    /**
     * A divergence was found.
     *
     * @param divergence which path, which targets, and what each said; its kind tells how it was found
     */
    void diverged(Divergence divergence);
}
