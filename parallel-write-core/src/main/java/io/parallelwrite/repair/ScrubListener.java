package io.parallelwrite.repair;

/**
 * Hears of every path a {@link ScrubPass} finds not to be equal, in the order of paths, each once.
 *
 * <p>Called on the thread that runs the pass, which waits for it. What it throws ends the pass; the path counts as not
 * handled.
 */
public interface ScrubListener {

    /** Hears nothing: the counts are enough. */
    ScrubListener NONE = new ScrubListener() {};

    /**
     * A path is not equal on all targets, or that cannot be told.
     *
     * @param path the signs of all targets, as they were before any repair
     */
    default void found(VerifiedPath path) {}

    /**
     * A path has been repaired, or has not. Only in a pass that repairs, after {@link #found} of the same path.
     *
     * @param path what became of it
     */
    default void repaired(RepairedPath path) {}
}
