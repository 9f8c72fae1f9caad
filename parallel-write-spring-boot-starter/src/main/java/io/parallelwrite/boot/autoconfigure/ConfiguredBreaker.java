package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.stream.BreakerSettings;
import java.time.Duration;

/** Turns properties into when a target is taken out; what the core refuses is reported under the name of its property. */
final class ConfiguredBreaker {

    private final ParallelWriteProperties.Breaker given;

    ConfiguredBreaker(ParallelWriteProperties properties) {
        this.given = properties.breaker();
    }

    BreakerSettings settings() {
        BreakerSettings defaults = BreakerSettings.defaults();
        int limit = checked(
                "breaker.failure-limit", given.failureLimit(), defaults.failureLimit(), defaults::withFailureLimit);
        Duration delay = checked(
                "breaker.probe-delay",
                given.probeDelay(),
                defaults.probeDelay(),
                value -> defaults.withProbeDelays(value, value));
        Duration longest = checked(
                "breaker.longest-probe-delay",
                given.longestProbeDelay(),
                longer(defaults.longestProbeDelay(), delay),
                value -> defaults.withProbeDelays(delay, value));
        return new BreakerSettings(given.enabled(), limit, delay, longest);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
