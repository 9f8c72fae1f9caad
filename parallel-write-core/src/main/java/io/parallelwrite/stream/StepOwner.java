package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of the steps of a {@link StepQueue}; called outside its monitor, on a worker or the alarm's thread. Must not throw. */
interface StepOwner {

    /** A step has failed, and no more are taken. */
    void failed();

    /** A step has ended in time, well or not. */
    void stepEnded();

    /** A call other than ABORT has ended in time, or its deadline passed while it ran. Not told once the lane is ending. */
    void callEnded(Phase phase, @Nullable Throwable cause);

    /** A step was given up; it runs on, or will still be made. */
    void stepExpired(Phase phase);

    /** A step that was given up has ended after all. */
    void stepEndedLate(Phase phase, @Nullable Throwable failure);
}
