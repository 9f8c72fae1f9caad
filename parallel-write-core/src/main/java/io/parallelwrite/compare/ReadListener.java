package io.parallelwrite.compare;

/**
 * Sees what reads and comparisons find: metrics, events and journals are listeners.
 *
 * <p>Called on the thread that reads or compares, or on the one that looks after missing copies; must return quickly. What a listener throws is
 * logged and changes nothing for the read.
 */
public interface ReadListener {

    /**
     * A read has ended: it was closed, or could not be opened.
     *
     * @param read what was read, from where, and how it ended
     */
    default void finished(ReadResult read) {}

    /**
     * A target was passed over, and a later one serves the read or takes it up.
     *
     * @param fallback which targets, and why
     */
    default void fellBack(ReadFallback fallback) {}

    /**
     * Copies differ. Once for each comparison, read, or entry of a listing or scrub that finds it.
     *
     * @param difference what the targets said
     */
    default void differed(Comparison.Different difference) {}

    /**
     * Copies were compared and are equal, or no target holds one. Once for each comparison that finds it, and for
     * each such path of a scrub; not for reads and listings.
     *
     * @param agreement what the targets said: {@link Comparison.Equal} or {@link Comparison.Absent}
     */
    default void agreed(Comparison agreement) {}

    /**
     * An attempt to bring a copy back to a target that held none has ended.
     *
     * @param refill from where to where, and how it ended; the listeners to writes have heard of the write, too
     */
    default void refilled(Refill refill) {}
}
