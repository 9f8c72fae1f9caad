package io.parallelwrite.compare;

import io.parallelwrite.outcome.DeadlineExceededException;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Why a read failed or did without a target, as one of a few words: for metrics and short messages. */
public enum ReadFailureReason {
    /** There is no copy. */
    MISSING,
    /** A deadline passed. */
    DEADLINE,
    /** Copies differ. */
    DIFFERS,
    /** Anything else. */
    FAILED;

    /**
     * Returns the word for a failure.
     *
     * @param cause what a target or a read threw
     * @return the reason
     */
    public static ReadFailureReason of(IOException cause) {
        if (cause instanceof FileNotFoundException) {
            return MISSING;
        }
        if (cause instanceof DeadlineExceededException) {
            return DEADLINE;
        }
        return cause instanceof CopiesDifferException ? DIFFERS : FAILED;
    }
}
