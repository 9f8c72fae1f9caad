package io.parallelwrite.repair;

import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link ScrubPass} is: what it goes through, how far it has come, and what it has counted. Another pass goes on from
 * it, at any later time and in another process. Keep it as {@linkplain #toText() text}.
 *
 * @param prefix what the paths begin with
 * @param after the last path that was handled; {@code null} at the beginning
 * @param counts of everything up to there
 */
public record ScrubPosition(TargetPrefix prefix, @Nullable TargetPath after, ScrubCounts counts) {

    /**
     * Returns the position before the first path.
     *
     * @param prefix empty for all objects, or what their paths begin with, as in {@code reports/2026-}
     * @return the position
     * @throws io.parallelwrite.target.InvalidTargetPathException if no path can begin with the prefix
     */
    public static ScrubPosition start(String prefix) {
        return new ScrubPosition(TargetPrefix.of(prefix), null, ScrubCounts.NONE);
    }

    /**
     * Reads a position.
     *
     * @param text what {@link #toText()} returned
     * @return the position
     * @throws IllegalArgumentException if it is no such text
     */
    public static ScrubPosition parse(String text) {
        return PositionText.parse(text);
    }

    /**
     * Returns the position as text, of printable ASCII characters without spaces, on one line.
     *
     * @return what {@link #parse} reads
     */
    public String toText() {
        return PositionText.of(this);
    }
}
