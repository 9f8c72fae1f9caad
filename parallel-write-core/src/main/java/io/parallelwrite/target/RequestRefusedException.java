package io.parallelwrite.target;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a target refuses something for what was asked, and not for the state the target is in: a directory is where
 * the object should be, another request for the same object is under way, the kind of target has no way to do it.
 *
 * <p>It says nothing about how well the target is, so however often it is thrown, the target is not taken out for it.
 */
public class RequestRefusedException extends NotAppliedException {

    /**
     * Creates the exception.
     *
     * @param message what was refused, why, and what to do
     * @param cause what was thrown, or {@code null}
     */
    public RequestRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
