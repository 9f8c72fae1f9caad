package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.repair.RepairSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** Turns {@code parallel-write.repair} into the settings of repairs; what the core refuses is reported under its property. */
final class ConfiguredRepairs {

    static final String STARTUP_WAIT = ParallelWriteProperties.PREFIX + ".repair.startup-wait";
    private static final String ENABLED = ParallelWriteProperties.PREFIX + ".repair.enabled";

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
        return withRates(DEFAULTS.withDelays(first, longest))
                .withLateness(
                        checked("repair.lateness", repair.lateness(), DEFAULTS.lateness(), DEFAULTS::withLateness))
                .withRecoveryTime(checked(
                        "repair.recovery-time",
                        repair.recoveryTime(),
                        DEFAULTS.recoveryTime(),
                        DEFAULTS::withRecoveryTime));
    }

    private RepairSettings withRates(RepairSettings settings) {
        DataSize bytesPerSecond = repair.bytesPerSecond();
        RepairSettings paced = bytesPerSecond == null
                ? settings
                : settings.withBytesPerSecond(checked(
                        "repair.bytes-per-second", bytesPerSecond, bytesPerSecond, DEFAULTS::withBytesPerSecond));
        return paced.withEntriesPerSecond(checked(
                        "repair.entries-per-second",
                        repair.entriesPerSecond(),
                        DEFAULTS.entriesPerSecond(),
                        DEFAULTS::withEntriesPerSecond))
                .withConcurrency(checked(
                        "repair.concurrency", repair.concurrency(), DEFAULTS.concurrency(), DEFAULTS::withConcurrency));
    }

    /** Returns how long the start of the application waits for recovery; zero if it does not. */
    Duration startupWait() {
        Duration wait = repair.startupWait() == null ? Duration.ZERO : repair.startupWait();
        if (wait.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    STARTUP_WAIT, wait, "It must not be negative; 0s waits for nothing");
        }
        if (!wait.isZero() && Boolean.FALSE.equals(repair.enabled())) {
            throw new InvalidConfigurationPropertyValueException(
                    STARTUP_WAIT,
                    wait,
                    "There is nothing to wait for, because " + ENABLED + " is false. Remove one of the two");
        }
        return wait;
    }

    /** Refuses that repairs are asked for where nothing is remembered, or waited for where there are none. */
    void checkAgainst(ParallelResourceWriter writer) {
        startupWait();
        if (Boolean.TRUE.equals(repair.enabled())
                && writer.targets().size() > 1
                && writer.repairer().isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    ENABLED,
                    true,
                    "There is no journal, and without one nothing is known that could be repaired. Set "
                            + ConfiguredJournal.DIRECTORY + " to a directory, or " + ConfiguredJournal.TYPE
                            + " to memory, or remove it");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
