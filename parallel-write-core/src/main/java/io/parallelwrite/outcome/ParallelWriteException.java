package io.parallelwrite.outcome;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a write or delete did not succeed on the targets its rule requires.
 *
 * <p>The message says which target failed, at which byte, in which phase and why, what state the other targets are in,
 * and whether anything new is visible. The cause is the first failure; the failures of other targets are suppressed
 * exceptions of this one.
 */
public class ParallelWriteException extends IOException {

    private final transient WriteResult result;

    /**
     * Creates the exception.
     *
     * @param message the sentences described above
     * @param cause the first failure, or {@code null} if no target failed
     * @param result what became of every target
     */
    public ParallelWriteException(String message, @Nullable Throwable cause, WriteResult result) {
        super(message, cause);
        this.result = result;
    }

    /**
     * Returns what became of every target.
     *
     * @return the result, with one outcome per target
     */
    public WriteResult result() {
        return result;
    }
}
