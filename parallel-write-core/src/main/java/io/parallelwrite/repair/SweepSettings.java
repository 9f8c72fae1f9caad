package io.parallelwrite.repair;

import java.time.Duration;

/**
 * How left-overs are found and discarded. Start from {@link #defaults()} and change what differs.
 *
 * @param age how old something staged must be to be discarded although nothing says whose it is; longer than any write lasts,
 *     in this process or in others that use the same places
 * @param period how often the places are looked through for that
 * @param unmarked whether that goes also for what other programs may have begun: in S3, for every multipart upload under the
 *     prefix
 * @param pace for how long a request of a process that died may still arrive, and the times between attempts at what is
 *     noted
 */
public record SweepSettings(Duration age, Duration period, boolean unmarked, RepairSettings pace) {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final SweepSettings DEFAULTS =
            new SweepSettings(Duration.ofHours(24), Duration.ofHours(24), false, RepairSettings.defaults());

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public SweepSettings {
        check("age", age);
        check("period", period);
    }

    private static void check(String name, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The sweep setting " + name + " [" + value + "] must be positive and at most a year");
        }
    }

    /**
     * Returns the defaults: an age of a day, looked for once a day, nothing that may be of other programs.
     *
     * @return the settings
     */
    public static SweepSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how old something must be.
     *
     * @param age longer than any write lasts
     * @return the changed settings
     */
    public SweepSettings withAge(Duration age) {
        return new SweepSettings(age, period, unmarked, pace);
    }

    /**
     * Sets how often the places are looked through.
     *
     * @param period positive
     * @return the changed settings
     */
    public SweepSettings withPeriod(Duration period) {
        return new SweepSettings(age, period, unmarked, pace);
    }

    /**
     * Sets whether to discard what other programs may have begun.
     *
     * @param unmarked {@code true} if nothing but writers like this one uploads under the prefixes
     * @return the changed settings
     */
    public SweepSettings withUnmarked(boolean unmarked) {
        return new SweepSettings(age, period, unmarked, pace);
    }

    /**
     * Sets the times between attempts.
     *
     * @param pace its lateness and delays count
     * @return the changed settings
     */
    public SweepSettings withPace(RepairSettings pace) {
        return new SweepSettings(age, period, unmarked, pace);
    }
}
