package io.parallelwrite.outcome;

/**
 * Sees writes and deletes as they happen: metrics, events and journals are listeners.
 *
 * <p>Calls for one write come in the order {@link #started}, {@link #targetFinished} for every target, {@link #finished};
 * those for different targets may come at the same time. {@link #completedLate} may come at any time in between or
 * after. A listener must return quickly, and only {@link #finished} may use the writer: the other methods run on workers, on the
 * alarm's thread, or while the path is locked. What a listener throws is logged and changes nothing for the write.
 */
public interface WriteListener {

    /**
     * A write begins. On the caller's thread, before any target is touched.
     *
     * @param start what begins
     */
    default void started(WriteStart start) {}

    /**
     * The outcome of one target is known. On the thread that learned it.
     *
     * @param start the write
     * @param outcome the outcome of this target
     */
    default void targetFinished(WriteStart start, TargetOutcome outcome) {}

    /**
     * The whole write has ended, well or not. On the caller's thread, once for every {@link #started}; if the total
     * deadline ended a write that its caller had not, on a worker, or on the thread of a caller that came back before one was free.
     *
     * @param start the write
     * @param result what became of every target
     */
    default void finished(WriteStart start, WriteResult result) {}

    /**
     * A call that had been given up, at its deadline or because its target was detached, has returned after all. On the thread it returned on; may come after
     * {@link #finished}.
     *
     * @param start the write
     * @param completion which target, which phase, and how it ended
     */
    default void completedLate(WriteStart start, LateCompletion completion) {}
}
