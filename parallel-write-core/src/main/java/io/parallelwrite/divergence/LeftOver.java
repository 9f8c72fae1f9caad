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
 * @param stage how far it had come
 */
public record LeftOver(long number, String target, String place, TargetPath path, String what, Stage stage) {

    /** How far something staged has come. */
    public enum Stage {
        /** A request that stages it may have been applied, or may still be: it has no name by which to discard it. */
        INTENDED,

        /** It is staged. */
        STAGED,

        /** A request that makes it visible may still be under way. */
        PUBLISHING
    }

    LeftOver as(String name, Stage reached) {
        return new LeftOver(number, target, place, path, name, reached);
    }

    @Override
    public String toString() {
        return (stage == Stage.INTENDED ? "what may have been staged by " : "what is staged as ") + what + " for '"
                + path + "' at '" + target + "' (" + place + ")";
    }
}
