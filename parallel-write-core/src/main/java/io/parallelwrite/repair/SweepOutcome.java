package io.parallelwrite.repair;

import org.jspecify.annotations.Nullable;

/**
 * What came of one search for left-overs at one target, when something was found.
 *
 * @param target the name of the target
 * @param found how they were found
 * @param discarded how many are gone
 * @param failed how many attempts failed; what is noted is tried again, what is old is found again
 * @param failure the first failure, or {@code null}
 */
public record SweepOutcome(
        String target,
        Found found,
        long discarded,
        long failed,
        @Nullable Exception failure) {

    /** How left-overs were found. */
    public enum Found {
        /** By the note of a process that died, or of a write whose abort failed. */
        NOTED,
        /** By their age. */
        AGED
    }
}
