package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.compare.ReadSettings;
import io.parallelwrite.stream.BufferSettings;
import io.parallelwrite.stream.EngineSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Turns properties into the settings of the engine and of reads; what the core refuses is reported under the name of its property.
 *
 * <p>The core alone knows what is allowed. To find the property to blame, a value is first offered to the core with
 * nothing beside it that could be wrong.
 */
final class ConfiguredSettings {

    private static final EngineSettings DEFAULTS = EngineSettings.defaults();
    private static final int DEFAULT_WORKERS_PER_TARGET = DEFAULTS.workersPerTarget();

    private final ParallelWriteProperties properties;

    ConfiguredSettings(ParallelWriteProperties properties) {
        this.properties = properties;
    }

    EngineSettings engine() {
        ConfiguredDeadlines deadlines = new ConfiguredDeadlines(properties);
        EngineSettings settings = withTimes(DEFAULTS)
                .withRule(new ConfiguredRule(properties).rule())
                .withBuffers(buffers())
                .withDeadlines(deadlines.ofAll())
                .withBreaker(new ConfiguredBreaker(properties).settings())
                .withWorkersPerTarget(workersPerTarget());
        for (String target : properties.targets().keySet()) {
            settings = settings.withTargetDeadlines(target, deadlines.of(target));
        }
        return new ConfiguredLagging(properties).addTo(settings);
    }

    private EngineSettings withTimes(EngineSettings settings) {
        int maxOpenWrites = checked(
                "max-open-writes",
                properties.maxOpenWrites(),
                settings.maxOpenWrites(),
                value -> settings.withMaxOpenWrites(value, Duration.ZERO));
        Duration admission = checked(
                "admission-timeout",
                properties.admissionTimeout(),
                settings.admission(),
                value -> settings.withMaxOpenWrites(1, value));
        Duration shutdown =
                checked("shutdown-timeout", properties.shutdownTimeout(), settings.shutdown(), settings::withShutdown);
        return settings.withMaxOpenWrites(maxOpenWrites, admission).withShutdown(shutdown);
    }

    private BufferSettings buffers() {
        BufferSettings defaults = DEFAULTS.buffers();
        ParallelWriteProperties.Buffer buffer = properties.buffer();
        DataSize chunk = checked(
                "buffer.chunk-size",
                buffer.chunkSize(),
                defaults.chunk(),
                value -> new BufferSettings(value, value, value));
        DataSize perWrite = checked(
                "buffer.per-write",
                buffer.perWrite(),
                larger(defaults.perWrite(), chunk),
                value -> new BufferSettings(chunk, value, value));
        DataSize total = checked(
                "buffer.total",
                buffer.total(),
                larger(defaults.total(), perWrite),
                value -> new BufferSettings(chunk, perWrite, value));
        return new BufferSettings(chunk, perWrite, total);
    }

    private static DataSize larger(DataSize one, DataSize other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    ReadSettings reads() {
        ReadSettings defaults = ReadSettings.defaults();
        ParallelWriteProperties.Read read = properties.read();
        return defaults.withRefill(read.refill())
                .withChunk(checked("read.chunk-size", read.chunkSize(), defaults.chunk(), defaults::withChunk))
                .withMaxRefills(checked(
                        "read.max-refills", read.maxRefills(), defaults.maxRefills(), defaults::withMaxRefills));
    }

    /** Returns the number of threads: as configured, else eight for every target. */
    int workers() {
        int targets = Math.max(1, properties.targets().size());
        return checked(
                "executor.size",
                properties.executor().size(),
                targets * DEFAULT_WORKERS_PER_TARGET,
                DEFAULTS::withWorkersPerTarget);
    }

    /** Returns the share of one target in the threads, so that a hung one cannot hold them all. */
    int workersPerTarget() {
        return Math.max(1, workers() / Math.max(1, properties.targets().size()));
    }

    /** Returns the value given, else the other; a given value the core refuses is reported under its property. */
    static <V> V checked(String property, @Nullable V given, V other, Consumer<V> core) {
        if (given == null) {
            return other;
        }
        try {
            core.accept(given);
            return given;
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    ParallelWriteProperties.PREFIX + "." + property, given, reason(e), e);
        }
    }

    private static String reason(IllegalArgumentException refused) {
        return String.valueOf(refused.getMessage());
    }
}
