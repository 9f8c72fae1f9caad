package io.parallelwrite.repair;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How divergences are repaired. Start from {@link #defaults()} and change what differs.
 *
 * @param lateness for how long after its call has ended or was given up, the later of both, a request may still arrive at a
 *     remote target, although the process that sent it has died: before, nothing is taken for never applied
 * @param firstDelay after how long an entry is tried again the first time; doubled each time
 * @param longestDelay the longest time between two attempts
 * @param entriesPerSecond how many entries are tried at most, once recovery is over
 * @param recoveryTime for how long after the start that rate does not count
 * @param concurrency how many entries, each of another path, are tried at once; memory grows with it
 * @param bytesPerSecond how many bytes are copied in a second at most, also in recovery; {@code null} for no limit
 */
public record RepairSettings(
        Duration lateness,
        Duration firstDelay,
        Duration longestDelay,
        double entriesPerSecond,
        Duration recoveryTime,
        int concurrency,
        @Nullable DataSize bytesPerSecond) {

    /** More than any target serves at once, and few enough threads. */
    static final int MOST_CONCURRENCY = 256;

    /** Far beyond any use, and far below what nanoseconds in a long can hold. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public RepairSettings {
        check("lateness", lateness, lateness.isNegative());
        check("first-delay", firstDelay, !isPositive(firstDelay));
        check("longest-delay", longestDelay, longestDelay.compareTo(firstDelay) < 0);
        check("entries-per-second", entriesPerSecond, !(entriesPerSecond > 0));
        check("recovery-time", recoveryTime, recoveryTime.isNegative());
        check("concurrency", concurrency, concurrency < 1 || concurrency > MOST_CONCURRENCY);
        check("bytes-per-second", bytesPerSecond, bytesPerSecond != null && bytesPerSecond.toBytes() < 1);
        check("lateness", lateness, lateness.compareTo(LONGEST) > 0);
        check("longest-delay", longestDelay, longestDelay.compareTo(LONGEST) > 0);
        check("recovery-time", recoveryTime, recoveryTime.compareTo(LONGEST) > 0);
    }

    private static boolean isPositive(Duration value) {
        return !value.isZero() && !value.isNegative();
    }

    private static void check(String name, @Nullable Object value, boolean wrong) {
        if (wrong) {
            throw new IllegalArgumentException("The repair setting " + name + " [" + value
                    + "] cannot be used: delays are positive and at most a year, the longest not shorter than the"
                    + " first; the other times are not negative; rates are positive; the concurrency is 1 to "
                    + MOST_CONCURRENCY);
        }
    }

    /**
     * Returns the defaults: lateness 30 s, delays from 1 s to 1 min, 50 entries per second, 30 s for recovery,
     * 4 entries at once, no limit of bytes.
     *
     * @return the settings
     */
    public static RepairSettings defaults() {
        return new RepairSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                50,
                Duration.ofSeconds(30),
                4,
                null);
    }

    /**
     * Sets for how long a request may still arrive.
     *
     * @param lateness zero if all targets are disks of this machine
     * @return new settings
     */
    public RepairSettings withLateness(Duration lateness) {
        return new RepairSettings(
                lateness, firstDelay, longestDelay, entriesPerSecond, recoveryTime, concurrency, bytesPerSecond);
    }

    /**
     * Sets how long an entry is left alone between two attempts.
     *
     * @param firstDelay after the first attempt
     * @param longestDelay at most
     * @return new settings
     */
    public RepairSettings withDelays(Duration firstDelay, Duration longestDelay) {
        return new RepairSettings(
                lateness, firstDelay, longestDelay, entriesPerSecond, recoveryTime, concurrency, bytesPerSecond);
    }

    /**
     * Sets how many entries are tried in a second.
     *
     * @param entriesPerSecond may be less than one
     * @return new settings
     */
    public RepairSettings withEntriesPerSecond(double entriesPerSecond) {
        return new RepairSettings(
                lateness, firstDelay, longestDelay, entriesPerSecond, recoveryTime, concurrency, bytesPerSecond);
    }

    /**
     * Sets for how long after the start the rate does not count.
     *
     * @param recoveryTime zero to begin at the normal rate
     * @return new settings
     */
    public RepairSettings withRecoveryTime(Duration recoveryTime) {
        return new RepairSettings(
                lateness, firstDelay, longestDelay, entriesPerSecond, recoveryTime, concurrency, bytesPerSecond);
    }

    /**
     * Sets how many entries are tried at once.
     *
     * @param concurrency 1 to 256
     * @return new settings
     */
    public RepairSettings withConcurrency(int concurrency) {
        return new RepairSettings(
                lateness, firstDelay, longestDelay, entriesPerSecond, recoveryTime, concurrency, bytesPerSecond);
    }

    /**
     * Sets how many bytes are copied in a second at most. An object is copied at once whatever its size, and what comes after
     * it waits.
     *
     * @param bytesPerSecond {@code null} for no limit
     * @return new settings
     */
    public RepairSettings withBytesPerSecond(@Nullable DataSize bytesPerSecond) {
        return new RepairSettings(
                lateness, firstDelay, longestDelay, entriesPerSecond, recoveryTime, concurrency, bytesPerSecond);
    }
}
