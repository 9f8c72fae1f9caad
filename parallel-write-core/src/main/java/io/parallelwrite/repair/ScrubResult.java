package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a {@link ScrubPass} ended.
 *
 * @param end why it ended
 * @param position how far it came, and what it counted; another pass goes on from there
 * @param failures the targets whose objects could not be listed, or not to the end: what they hold from the position on is
 *     {@linkplain CopySign#UNREADABLE unknown}, not missing
 * @param passedOver how many names each target holds that no path can have, so that they were not looked at; of this pass
 *     alone, and complete if the pass is
 * @param duration how long this pass took
 */
public record ScrubResult(
        End end,
        ScrubPosition position,
        List<CopyAnswer.Unavailable> failures,
        Map<String, Long> passedOver,
        Duration duration) {

    /** Why a pass ended. */
    public enum End {
        /** It has gone through everything. */
        COMPLETE,
        /** It was stopped, or its thread was interrupted. */
        STOPPED,
        /** A target could not be listed, or not to the end. */
        FAILED
    }

    /** Copies the collections. */
    public ScrubResult {
        failures = List.copyOf(failures);
        passedOver = Map.copyOf(passedOver);
    }

    /**
     * Returns what was counted.
     *
     * @return the counts of the position
     */
    public ScrubCounts counts() {
        return position.counts();
    }

    /**
     * Tells whether everything was gone through, and was found equal on all targets before any repair.
     *
     * @return {@code false} if anything was reported, left out or not reached
     */
    public boolean isClean() {
        return end == End.COMPLETE && counts().unequalPaths() == 0 && counts().busyPaths() == 0;
    }
}
