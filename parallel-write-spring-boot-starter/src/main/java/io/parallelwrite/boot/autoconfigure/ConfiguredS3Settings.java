package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.s3.S3TargetSettings;
import io.parallelwrite.target.TargetDefinition;
import java.util.Map;

/** Turns {@code parallel-write.targets.<name>.s3} into the settings of that target. */
final class ConfiguredS3Settings {

    private static final S3TargetSettings DEFAULTS = S3TargetSettings.defaults();

    private final Map<String, ParallelWriteProperties.Target> targets;

    ConfiguredS3Settings(ParallelWriteProperties properties) {
        this.targets = properties.targets();
    }

    /** Returns the settings of a target; the defaults if it is not among the configured ones. */
    S3TargetSettings of(TargetDefinition definition) {
        ParallelWriteProperties.Target target = targets.get(definition.name());
        return target == null ? DEFAULTS : settings("targets." + definition.name() + ".s3.", target.s3());
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
                .withAttemptTimeout(checked(
                        prefix + "attempt-timeout",
                        s3.attemptTimeout(),
                        DEFAULTS.attemptTimeout(),
                        DEFAULTS::withAttemptTimeout))
                .withStorageClass(s3.storageClass())
                .withServerSideEncryption(s3.serverSideEncryption())
                .withKmsKeyId(s3.kmsKeyId())
                .withAcl(s3.acl())
                .withExpectedBucketOwner(s3.expectedBucketOwner());
    }
}
