package io.parallelwrite.divergence;

import io.parallelwrite.target.TargetPath;

/**
 * Something a target may still have staged for a write that has ended, or whose process has died.
 *
 * @param number its number in the {@link StagingLog}
 * @param target the name of the target at the time
 * @param place the place of the target; whoever has this place now discards it
 * @param path the path of the write
 * @param what what the target noted
 * @param publishing whether a request that makes it visible may still be under way
 */
public record LeftOver(long number, String target, String place, TargetPath path, String what, boolean publishing) {

    LeftOver asPublishing() {
        return new LeftOver(number, target, place, path, what, true);
    }

    @Override
    public String toString() {
        return "what is staged as " + what + " for '" + path + "' at '" + target + "' (" + place + ")";
    }
}
