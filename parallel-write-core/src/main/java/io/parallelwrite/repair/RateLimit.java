package io.parallelwrite.repair;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * So much in a second at most. What is begun counts at once and whatever its size, and what comes after it waits.
 *
 * <p>Not thread-safe: guarded by its owner.
 */
final class RateLimit {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Longer than anybody waits, and far below what nanoseconds in a long can hold. */
    private static final long MOST_NANOS = Duration.ofDays(365).toNanos();

    private final double perSecond;
    private long nextNanos;

    /**
     * Creates a limit nothing has counted for.
     *
     * @param perSecond positive; {@code null} for no limit
     * @param nowNanos the time
     */
    RateLimit(@Nullable Number perSecond, long nowNanos) {
        this.perSecond = perSecond == null ? Double.POSITIVE_INFINITY : perSecond.doubleValue();
        this.nextNanos = nowNanos;
    }

    /** Returns how long the next has to wait; zero or less if it does not. */
    long waitNanos(long nowNanos) {
        return nextNanos - nowNanos;
    }

    void take(long amount, long nowNanos) {
        long from = Math.max(0, nextNanos - nowNanos);
        nextNanos = nowNanos + Math.min(MOST_NANOS, from + nanos(amount));
    }

    /** Gives back what was taken and turned out not to be needed. */
    void giveBack(long amount) {
        nextNanos -= nanos(amount);
    }

    private long nanos(long amount) {
        return Math.min(MOST_NANOS, (long) ((double) amount / perSecond * NANOS_PER_SECOND));
    }
}
