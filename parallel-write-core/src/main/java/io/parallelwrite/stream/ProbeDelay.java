package io.parallelwrite.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before each probe: twice the time each time, spread by chance over its second half, so that the processes
 * that lost a target together do not all try it at once. Thread-safe if its source of chance is.
 */
final class ProbeDelay {

    private static final int MOST_DOUBLINGS = 30;

    private final BreakerSettings settings;
    private final RandomGenerator random;

    ProbeDelay(BreakerSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Returns the time before the next probe, if so many have been sent. */
    Duration after(int probeCount) {
        Duration longest = settings.longestProbeDelay();
        Duration full = settings.probeDelay();
        for (int i = 0; i < Math.min(probeCount, MOST_DOUBLINGS) && full.compareTo(longest) < 0; i++) {
            full = full.multipliedBy(2);
        }
        long nanos = (full.compareTo(longest) < 0 ? full : longest).toNanos();
        return Duration.ofNanos(nanos - (long) (random.nextDouble() * (nanos / 2.0)));
    }
}
