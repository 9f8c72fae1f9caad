package io.parallelwrite.target;

import java.io.IOException;

/**
 * Thrown by {@link Target#list} if the target has no way to tell which objects it holds, now or later.
 *
 * <p>Its objects can still be read, and asked for one by one.
 */
public class ListingUnsupportedException extends IOException {

    /**
     * Creates the exception.
     *
     * @param targetName the name of the target
     * @param reason why it cannot and what to do, as the end of a sentence
     */
    public ListingUnsupportedException(String targetName, String reason) {
        super("Target '" + targetName + "' cannot list its objects: " + reason);
    }
}
