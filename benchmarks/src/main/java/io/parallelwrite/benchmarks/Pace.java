package io.parallelwrite.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets bytes pass at a limited rate, all connections of a server together, as a network does.
 *
 * <p>{@link #passed} blocks the thread that received the bytes until there is time for them. Thread-safe.
 */
final class Pace {

    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final double nanosPerByte;
    /** When all bytes so far have passed; guarded by this. */
    private long passedAt = System.nanoTime();

    /**
     * Sets the rate.
     *
     * @param bytesPerSecond 0 for no limit
     */
    Pace(long bytesPerSecond) {
        nanosPerByte = bytesPerSecond == 0 ? 0 : (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    /** Waits until so many more bytes have passed. */
    void passed(long byteCount) {
        if (nanosPerByte == 0) {
            return;
        }
        long until = reserve(byteCount);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Time in which nothing came is lost, except for a little that a late wake-up may have cost. */
    private synchronized long reserve(long byteCount) {
        passedAt = Math.max(passedAt, System.nanoTime() - SLACK_NANOS) + (long) (byteCount * nanosPerByte);
        return passedAt;
    }
}
