package io.parallelwrite.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Takes bytes at a rate that varies around a fixed one: each 64 KiB take a time of their own, exponentially distributed
 * with the mean that the rate gives. The times depend on the seed and on where in the object the bytes are, not on how they
 * are split into calls.
 *
 * <p>{@link #accept} blocks the thread that brought the bytes until they are taken. Time in which nothing came is lost, as
 * at a device; that a sleeper wakes late is not. Not thread-safe: one object at a time.
 */
final class JitteryPace implements LongConsumer {

    private static final int UNIT_BYTES = 64 << 10;

    private final Random random;
    private final double meanNanosPerByte;
    private double nanosPerByte;
    private long unitLeft;
    // when the bytes so far had been taken, and by how much later the last call returned
    private long takenAt = System.nanoTime();
    private long lateNanos;

    /**
     * Sets the rate.
     *
     * @param bytesPerSecond on the average
     */
    JitteryPace(long seed, long bytesPerSecond) {
        random = new Random(seed);
        meanNanosPerByte = (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    @Override
    public void accept(long byteCount) {
        long cameAt = System.nanoTime() - lateNanos; // as if the last call had returned in time
        takenAt = Math.max(takenAt, cameAt) + nanosFor(byteCount);
        for (long left = takenAt - System.nanoTime(); left > 0; left = takenAt - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        lateNanos = System.nanoTime() - takenAt;
    }

    private long nanosFor(long byteCount) {
        double nanos = 0;
        long left = byteCount;
        while (left > 0) {
            if (unitLeft == 0) {
                unitLeft = UNIT_BYTES;
                nanosPerByte = meanNanosPerByte * -Math.log(1 - random.nextDouble());
            }
            long taken = Math.min(left, unitLeft);
            nanos += taken * nanosPerByte;
            unitLeft -= taken;
            left -= taken;
        }
        return (long) nanos;
    }
}
