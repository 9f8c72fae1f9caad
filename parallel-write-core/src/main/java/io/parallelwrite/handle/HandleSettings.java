package io.parallelwrite.handle;

import io.parallelwrite.stream.Deadlines;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How handles are driven as one. Start from {@link #defaults()} and change what differs.
 *
 * @param maxWorkers how many handles are called at once at most, the caller's own thread included; 0 for as many as there
 *     are handles
 * @param deadline how long one call may take on all handles together, or {@code null} to wait for as long as it takes
 * @param mayDiffer names of the methods whose results need not agree; only
 *     interfaces driven through a proxy have such
 */
public record HandleSettings(int maxWorkers, @Nullable Duration deadline, Set<String> mayDiffer) {

    /**
     * Checks the numbers and copies the names.
     *
     * @throws IllegalArgumentException naming the setting, its value and the remedy
     */
    public HandleSettings {
        if (maxWorkers < 0) {
            throw tooFewWorkers(maxWorkers);
        }
        if (deadline != null
                && (deadline.isZero() || deadline.isNegative() || deadline.compareTo(Deadlines.LONGEST) > 0)) {
            throw new IllegalArgumentException("The deadline [" + deadline + "] must be positive and at most "
                    + Deadlines.LONGEST.toDays() + " days; leave it out to wait for as long as it takes");
        }
        mayDiffer = Set.copyOf(mayDiffer);
    }

    /**
     * Returns the defaults: all handles are called at once, there is no deadline, and all results must agree.
     *
     * @return the defaults
     */
    public static HandleSettings defaults() {
        return new HandleSettings(0, null, Set.of());
    }

    /**
     * Sets how many handles are called at once.
     *
     * @param maxWorkers at least 1, the caller's own thread included; with 1 the handles are called in turn
     * @return new settings
     * @throws IllegalArgumentException if it is below 1
     */
    public HandleSettings withMaxWorkers(int maxWorkers) {
        if (maxWorkers < 1) {
            throw tooFewWorkers(maxWorkers);
        }
        return new HandleSettings(maxWorkers, deadline, mayDiffer);
    }

    /**
     * Sets how long one call may take on all handles together.
     *
     * @param deadline positive, or {@code null} to wait for as long as it takes
     * @return new settings
     * @throws IllegalArgumentException if it is not positive or above a year
     */
    public HandleSettings withDeadline(@Nullable Duration deadline) {
        return new HandleSettings(maxWorkers, deadline, mayDiffer);
    }

    /**
     * Sets which methods may return other results on each handle.
     *
     * @param mayDiffer names of methods
     * @return new settings
     */
    public HandleSettings withMayDiffer(Set<String> mayDiffer) {
        return new HandleSettings(maxWorkers, deadline, mayDiffer);
    }

    /** Returns how many of this many handles are called at once. */
    int workersFor(int handleCount) {
        return maxWorkers == 0 ? handleCount : Math.min(maxWorkers, handleCount);
    }

    Optional<Duration> limit() {
        return Optional.ofNullable(deadline);
    }

    private static IllegalArgumentException tooFewWorkers(int maxWorkers) {
        return new IllegalArgumentException(
                "The number of workers [" + maxWorkers + "] must be at least 1, or be left out for one per handle");
    }
}
