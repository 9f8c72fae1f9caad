package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.repair.RepairSettings;
import java.time.Duration;

/** Turns {@code parallel-write.repair} into the settings of repairs; what the core refuses is reported under its property. */
final class ConfiguredRepairs {

    private static final RepairSettings DEFAULTS = RepairSettings.defaults();

    private final ParallelWriteProperties.Repair repair;

    ConfiguredRepairs(ParallelWriteProperties properties) {
        this.repair = properties.repair();
    }

    RepairSettings settings() {
        Duration first = checked(
                "repair.first-delay",
                repair.firstDelay(),
                DEFAULTS.firstDelay(),
                value -> DEFAULTS.withDelays(value, value));
        Duration longest = checked(
                "repair.longest-delay",
                repair.longestDelay(),
                longer(DEFAULTS.longestDelay(), first),
                value -> DEFAULTS.withDelays(first, value));
        return DEFAULTS.withDelays(first, longest)
                .withLateness(
                        checked("repair.lateness", repair.lateness(), DEFAULTS.lateness(), DEFAULTS::withLateness))
                .withEntriesPerSecond(checked(
                        "repair.entries-per-second",
                        repair.entriesPerSecond(),
                        DEFAULTS.entriesPerSecond(),
                        DEFAULTS::withEntriesPerSecond))
                .withRecoveryTime(checked(
                        "repair.recovery-time",
                        repair.recoveryTime(),
                        DEFAULTS.recoveryTime(),
                        DEFAULTS::withRecoveryTime));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
