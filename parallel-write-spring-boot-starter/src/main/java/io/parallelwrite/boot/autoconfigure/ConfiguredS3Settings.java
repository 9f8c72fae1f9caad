package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.s3.S3TargetSettings;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.target.TargetDefinition;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Turns {@code parallel-write.targets.<name>.s3} into the settings of that target. */
final class ConfiguredS3Settings {

    private static final S3TargetSettings DEFAULTS = S3TargetSettings.defaults();

    private final Map<String, ParallelWriteProperties.Target> targets;
    private final ConfiguredDeadlines deadlines;

    ConfiguredS3Settings(ParallelWriteProperties properties) {
        this.targets = properties.targets();
        this.deadlines = new ConfiguredDeadlines(properties);
    }

    /** Returns the settings of a target; the defaults if it is not among the configured ones. */
    S3TargetSettings of(TargetDefinition definition) {
        ParallelWriteProperties.Target target = targets.get(definition.name());
        String prefix = "targets." + definition.name() + ".s3.";
        return target == null
                ? DEFAULTS
                : settings(prefix, target.s3())
                        .withAttemptTimeout(
                                attemptTimeout(definition.name(), target.s3().attemptTimeout()));
    }

    /**
     * Returns the time of one attempt: so that one that hangs can be given up and repeated within each deadline in which requests
     * are sent. If it is not set, it is the same part of the shortest as it is by default.
     */
    private Duration attemptTimeout(String target, @Nullable Duration given) {
        String property = "targets." + target + ".s3.attempt-timeout";
        Limit shortest = shortestLimit(target);
        if (given == null) {
            Duration part = shortest.time().multipliedBy(4).dividedBy(9); // 40 s of 90 s
            return part.compareTo(DEFAULTS.attemptTimeout()) < 0 ? part : DEFAULTS.attemptTimeout();
        }
        checked(property, given, given, DEFAULTS::withAttemptTimeout);
        if (given.compareTo(shortest.time()) >= 0) {
            throw new InvalidConfigurationPropertyValueException(
                    ParallelWriteProperties.PREFIX + "." + property,
                    given,
                    "It is not shorter than %s [%s], so an attempt that gets no answer could never be repeated in time. Set it to less than half of that, or set that to more"
                            .formatted(shortest.property(), shortest.time()));
        }
        return given;
    }

    /** A deadline within which requests are sent, and the property it comes from. */
    private record Limit(String property, Duration time) {}

    private Limit shortestLimit(String target) {
        Deadlines all = deadlines.of(target);
        return Stream.of(
                        new Limit(
                                deadlines.property(target, "stall", ParallelWriteProperties.Deadlines::stall),
                                all.stall()),
                        new Limit(
                                deadlines.property(target, "prepare", ParallelWriteProperties.Deadlines::prepare),
                                all.prepare()),
                        new Limit(
                                deadlines.property(target, "commit", ParallelWriteProperties.Deadlines::commit),
                                all.commit()))
                .min(Comparator.comparing(Limit::time))
                .orElseThrow();
    }

    private static S3TargetSettings settings(String prefix, ParallelWriteProperties.S3 s3) {
        return DEFAULTS.withPartSize(
                        checked(prefix + "part-size", s3.partSize(), DEFAULTS.partSize(), DEFAULTS::withPartSize))
                .withConcurrency(checked(
                        prefix + "concurrency", s3.concurrency(), DEFAULTS.concurrency(), DEFAULTS::withConcurrency))
                .withBuffer(checked(prefix + "buffer", s3.buffer(), DEFAULTS.buffer(), DEFAULTS::withBuffer))
                .withPartAttempts(checked(
                        prefix + "part-attempts",
                        s3.partAttempts(),
                        DEFAULTS.partAttempts(),
                        DEFAULTS::withPartAttempts))
                .withStorageClass(s3.storageClass())
                .withServerSideEncryption(s3.serverSideEncryption())
                .withKmsKeyId(s3.kmsKeyId())
                .withAcl(s3.acl())
                .withExpectedBucketOwner(s3.expectedBucketOwner());
    }
}
