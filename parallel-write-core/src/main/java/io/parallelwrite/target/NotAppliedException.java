package io.parallelwrite.target;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a change failed and it is certain that it was not made: by a target whose commit or delete changed nothing
 * visible, by a journal that has not kept an entry.
 *
 * <p>Any other exception from {@link TargetWrite#commit()} or {@link Target#delete} leaves the target <em>in doubt</em>:
 * an exception alone does not prove that the change was not made.
 */
public class NotAppliedException extends IOException {

    /**
     * Creates the exception.
     *
     * @param message what was refused, why, and what to do
     * @param cause what was thrown, or {@code null}
     */
    public NotAppliedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
