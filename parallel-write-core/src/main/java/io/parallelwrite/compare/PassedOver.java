package io.parallelwrite.compare;

import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * A target a read did without.
 *
 * @param target the name of the target
 * @param offset how many bytes had been handed out when it was left; 0 if it gave none
 * @param cause what it threw, the deadline that passed, or how its bytes differ from those handed out; a {@link
 *     FileNotFoundException} if it holds no copy
 */
public record PassedOver(String target, long offset, IOException cause) {

    /**
     * Tells whether the target was passed over because it holds no copy.
     *
     * @return {@code false} if it failed
     */
    public boolean missing() {
        return cause instanceof FileNotFoundException;
    }

    /**
     * Returns the reason as one word.
     *
     * @return {@link ReadFailureReason#MISSING} if it holds no copy; otherwise how it failed
     */
    public ReadFailureReason reason() {
        return ReadFailureReason.of(cause);
    }
}
