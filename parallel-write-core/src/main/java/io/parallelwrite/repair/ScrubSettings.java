package io.parallelwrite.repair;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How all objects are gone through. Start from {@link #defaults()} and change what differs.
 *
 * @param depth how thoroughly each path is verified
 * @param concurrency how many paths are looked at, or copied, at once; memory grows with it, and with nothing else
 * @param objectsPerSecond how many paths are begun in a second at most; {@code null} for no limit
 * @param bytesPerSecond how many bytes are read of copies in a second at most; {@code null} for no limit
 */
public record ScrubSettings(
        VerifyDepth depth,
        int concurrency,
        @Nullable Double objectsPerSecond,
        @Nullable DataSize bytesPerSecond) {

    private static final int MOST_CONCURRENCY = RepairSettings.MOST_CONCURRENCY;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public ScrubSettings {
        check("concurrency", concurrency, concurrency < 1 || concurrency > MOST_CONCURRENCY);
        check("objects-per-second", objectsPerSecond, objectsPerSecond != null && !(objectsPerSecond > 0));
        check("bytes-per-second", bytesPerSecond, bytesPerSecond != null && bytesPerSecond.toBytes() < 1);
    }

    private static void check(String name, @Nullable Object value, boolean wrong) {
        if (wrong) {
            throw new IllegalArgumentException("The scrub setting " + name + " [" + value
                    + "] cannot be used: the concurrency is 1 to " + MOST_CONCURRENCY
                    + ", and rates are positive or not set");
        }
    }

    /**
     * Returns the defaults: quick, 4 paths at once, no limits.
     *
     * @return the settings
     */
    public static ScrubSettings defaults() {
        return new ScrubSettings(VerifyDepth.QUICK, 4, null, null);
    }

    /**
     * Sets how thoroughly each path is verified.
     *
     * @param depth {@link VerifyDepth#FULL} reads every copy
     * @return new settings
     */
    public ScrubSettings withDepth(VerifyDepth depth) {
        return new ScrubSettings(depth, concurrency, objectsPerSecond, bytesPerSecond);
    }

    /**
     * Sets how many paths are looked at, or copied, at once.
     *
     * @param concurrency 1 to 256
     * @return new settings
     */
    public ScrubSettings withConcurrency(int concurrency) {
        return new ScrubSettings(depth, concurrency, objectsPerSecond, bytesPerSecond);
    }

    /**
     * Sets how many paths are begun in a second at most.
     *
     * @param objectsPerSecond may be less than one; {@code null} for no limit
     * @return new settings
     */
    public ScrubSettings withObjectsPerSecond(@Nullable Double objectsPerSecond) {
        return new ScrubSettings(depth, concurrency, objectsPerSecond, bytesPerSecond);
    }

    /**
     * Sets how many bytes are read of copies in a second at most. An object is begun whatever its size, and what comes after it
     * waits.
     *
     * @param bytesPerSecond {@code null} for no limit
     * @return new settings
     */
    public ScrubSettings withBytesPerSecond(@Nullable DataSize bytesPerSecond) {
        return new ScrubSettings(depth, concurrency, objectsPerSecond, bytesPerSecond);
    }
}
