package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a repair found and did at one target.
 *
 * @param found what the target said before
 * @param action what was done, or in a dry run would be
 * @param failure why that did not succeed, so that the target may or may not show it; {@code null} if it did, or if nothing
 *     was done
 */
public record TargetRepair(
        CopyAnswer found, Action action, @Nullable IOException failure) {

    /** What is done at a target. */
    public enum Action {
        /** Nothing. */
        NONE,
        /** It gets a copy. */
        COPY,
        /** Its copy is deleted. */
        DELETE
    }

    /**
     * Returns the name of the target.
     *
     * @return the name it is, or was, configured under
     */
    public String target() {
        return found.target();
    }

    /** Tells whether the target shows by now what it is to show. */
    boolean done() {
        return failure == null && !(found instanceof CopyAnswer.Unavailable);
    }
}
