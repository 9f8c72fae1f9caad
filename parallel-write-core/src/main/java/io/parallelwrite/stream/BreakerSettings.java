package io.parallelwrite.stream;

import java.time.Duration;

/**
 * When a target is taken out, and how often it is tried then. Start from {@link #defaults()} and change what differs.
 *
 * @param enabled whether a target is ever taken out
 * @param failureLimit after how many failures in a row, of writes, deletes and repairs
 * @param probeDelay after how long it is tried the first time; doubled each time
 * @param longestProbeDelay the longest time between two probes
 */
public record BreakerSettings(boolean enabled, int failureLimit, Duration probeDelay, Duration longestProbeDelay) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public BreakerSettings {
        if (failureLimit < 1) {
            throw new IllegalArgumentException("The failure limit [" + failureLimit
                    + "] must be at least 1; to never take" + " a target out, disable the breaker");
        }
        if (probeDelay.isZero() || probeDelay.isNegative() || probeDelay.compareTo(Deadlines.LONGEST) > 0) {
            throw new IllegalArgumentException("The probe delay [" + probeDelay + "] must be positive and at most "
                    + Deadlines.LONGEST.toDays() + " days");
        }
        if (longestProbeDelay.compareTo(probeDelay) < 0 || longestProbeDelay.compareTo(Deadlines.LONGEST) > 0) {
            throw new IllegalArgumentException("The longest probe delay [" + longestProbeDelay
                    + "] must not be shorter than the probe delay [" + probeDelay + "] and at most "
                    + Deadlines.LONGEST.toDays() + " days");
        }
    }

    /**
     * Returns the defaults: out after 5 failures in a row, tried after 1 s, and then up to every 30 s.
     *
     * @return the settings
     */
    public static BreakerSettings defaults() {
        return new BreakerSettings(true, 5, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * Sets whether a target is ever taken out.
     *
     * @param enabled {@code false} to go on asking a target however often it fails
     * @return new settings
     */
    public BreakerSettings withEnabled(boolean enabled) {
        return new BreakerSettings(enabled, failureLimit, probeDelay, longestProbeDelay);
    }

    /**
     * Sets after how many failures in a row a target is taken out.
     *
     * @param failureLimit at least 1
     * @return new settings
     */
    public BreakerSettings withFailureLimit(int failureLimit) {
        return new BreakerSettings(enabled, failureLimit, probeDelay, longestProbeDelay);
    }

    /**
     * Sets how long it takes until a target that is out is tried.
     *
     * @param probeDelay the first time; doubled each time
     * @param longestProbeDelay at most
     * @return new settings
     */
    public BreakerSettings withProbeDelays(Duration probeDelay, Duration longestProbeDelay) {
        return new BreakerSettings(enabled, failureLimit, probeDelay, longestProbeDelay);
    }
}
