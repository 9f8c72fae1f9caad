package io.parallelwrite.handle;

import io.parallelwrite.stream.Deadlines;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How handles are driven as one. Start from {@link #defaults()} and change what differs.
 *
 * @param maxWorkers how many handles are called at once at most, the caller's own thread included; 0 for as many as there
 *     are handles
 * @param deadline how long one call may take on all handles together, or {@code null} to wait for as long as it takes
 * @param mayDiffer names of the methods of which the first handle's result is returned, whatever the others return; only
 *     interfaces driven through {@link ParallelCalls} have such
 */
public record HandleSettings(int maxWorkers, @Nullable Duration deadline, Set<String> mayDiffer) {

    /**
     * Names of the methods whose results may differ by default, because they speak of the handle and not of what it holds:
     *
     * <ul>
     *   <li>{@code getFD}, {@code getFileDescriptor}, {@code fileno}, {@code fd}: no two open files have the same descriptor;
     *   <li>{@code hashCode}, {@code identityHashCode}: objects that are not equal have other ones;
     *   <li>{@code getDescription}, {@code description}, {@code getDisplayName}, {@code displayName}: text for people, which
     *       names the place of each copy;
     *   <li>{@code available}, {@code ready}, {@code isDone}, {@code estimateSize}: they tell of a moment, and two copies of the
     *       same content do not get there at the same one.
     * </ul>
     *
     * <p>Not among them are names, paths and URIs: the caller acts on those, and the first handle's would pass for that of
     * all. {@code toString} of a proxy is its own, so there is nothing to name.
     */
    public static final Set<String> DEFAULT_MAY_DIFFER = Set.of(
            "getFD",
            "getFileDescriptor",
            "fileno",
            "fd",
            "hashCode",
            "identityHashCode",
            "getDescription",
            "description",
            "getDisplayName",
            "displayName",
            "available",
            "ready",
            "isDone",
            "estimateSize");

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
     * Returns the defaults: all handles are called at once, there is no deadline, and all results must agree but
     * those of {@link #DEFAULT_MAY_DIFFER}.
     *
     * @return the defaults
     */
    public static HandleSettings defaults() {
        return new HandleSettings(0, null, DEFAULT_MAY_DIFFER);
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
     * Sets which methods may return other results on each handle. That one of them fails is a divergence all the same.
     *
     * @param mayDiffer names of methods, instead of {@link #DEFAULT_MAY_DIFFER}; empty if all must agree
     * @return new settings
     */
    public HandleSettings withMayDiffer(Set<String> mayDiffer) {
        return new HandleSettings(maxWorkers, deadline, mayDiffer);
    }

    /** Returns how many of this many handles are called at once. */
    int workersFor(int handleCount) {
        return maxWorkers == 0 ? handleCount : Math.min(maxWorkers, handleCount);
    }

    private static IllegalArgumentException tooFewWorkers(int maxWorkers) {
        return new IllegalArgumentException(
                "The number of workers [" + maxWorkers + "] must be at least 1, or be left out for one per handle");
    }
}
