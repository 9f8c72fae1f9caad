package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.repair.SweepSettings;

/** Turns {@code parallel-write.sweep} into the settings of sweeps; what the core refuses is reported under its property. */
final class ConfiguredSweeps {

    private static final SweepSettings DEFAULTS = SweepSettings.defaults();

    private final ParallelWriteProperties.Sweep sweep;

    ConfiguredSweeps(ParallelWriteProperties properties) {
        this.sweep = properties.sweep();
    }

    SweepSettings settings() {
        return DEFAULTS.withUnmarked(sweep.uploads())
                .withAge(checked("sweep.age", sweep.age(), DEFAULTS.age(), DEFAULTS::withAge))
                .withPeriod(checked("sweep.period", sweep.period(), DEFAULTS.period(), DEFAULTS::withPeriod));
    }
}
