package io.parallelwrite.outcome;

/** Hears of every change of the state of a target, once and in order. What it throws is logged and changes nothing. */
@FunctionalInterface
public interface TargetStateListener {

    /**
     * A target has changed. On a worker, the alarm's thread or one that commits: it must return quickly, and not use the
     * writer.
     *
     * @param change what changed
     */
    void changed(TargetStateChange change);
}
