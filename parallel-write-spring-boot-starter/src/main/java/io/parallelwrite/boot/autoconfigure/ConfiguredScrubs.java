package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.repair.ScrubSettings;

/** Turns {@code parallel-write.scrub} into the settings of scrubs; what the core refuses is reported under its property. */
final class ConfiguredScrubs {

    private static final ScrubSettings DEFAULTS = ScrubSettings.defaults();

    private final ParallelWriteProperties.Scrub scrub;

    ConfiguredScrubs(ParallelWriteProperties properties) {
        this.scrub = properties.scrub();
    }

    ScrubSettings settings() {
        ScrubSettings settings = DEFAULTS.withConcurrency(
                checked("scrub.concurrency", scrub.concurrency(), DEFAULTS.concurrency(), DEFAULTS::withConcurrency));
        if (scrub.objectsPerSecond() != null) {
            settings = settings.withObjectsPerSecond(checked(
                    "scrub.objects-per-second",
                    scrub.objectsPerSecond(),
                    scrub.objectsPerSecond(),
                    DEFAULTS::withObjectsPerSecond));
        }
        if (scrub.bytesPerSecond() != null) {
            settings = settings.withBytesPerSecond(checked(
                    "scrub.bytes-per-second",
                    scrub.bytesPerSecond(),
                    scrub.bytesPerSecond(),
                    DEFAULTS::withBytesPerSecond));
        }
        return settings;
    }
}
