package io.parallelwrite.s3;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How an {@link S3Target} sends objects. Immutable; start from {@link #defaults()} and change what differs.
 *
 * <p><b>Memory.</b> Every open write may fill one part; further parts in flight come from {@code buffer}, which all writes
 * of the target share. So a target needs at most {@code buffer} and one part for each open write. A write that fills less
 * than a part takes only what it fills. An object of up to 900 parts keeps {@code partSize}; a longer one of undeclared
 * size doubles it every 900 parts, because S3 allows 10,000 parts: with 8 MiB, an object of 100 GiB reaches parts of
 * 64 MiB. Declare the expected size of huge objects to keep parts small.
 *
 * @param partSize the size of a part, and the size up to which an object is sent with one {@code PutObject}; from 5 MiB
 *     to 5 GiB
 * @param concurrency how many parts of one write may be in flight
 * @param buffer memory for parts beyond one for each open write, shared by all writes of the target
 * @param partAttempts how often a part is sent before the write fails; each may in turn be several attempts of the SDK
 * @param attemptTimeout how long one attempt of one request may take
 * @param storageClass as in {@code STANDARD_IA}, or {@code null} for the default of the bucket
 * @param serverSideEncryption as in {@code AES256} or {@code aws:kms}, or {@code null} for the default of the bucket
 * @param kmsKeyId the key for {@code aws:kms}, or {@code null} for the default key
 * @param acl a canned ACL as in {@code bucket-owner-full-control}, or {@code null} for none
 * @param expectedBucketOwner the account that must own the bucket, or {@code null} to accept any
 */
public record S3TargetSettings(
        DataSize partSize,
        int concurrency,
        DataSize buffer,
        int partAttempts,
        Duration attemptTimeout,
        @Nullable String storageClass,
        @Nullable String serverSideEncryption,
        @Nullable String kmsKeyId,
        @Nullable String acl,
        @Nullable String expectedBucketOwner) {

    private static final DataSize MIN_PART = DataSize.ofMegabytes(5);
    private static final DataSize MAX_PART = DataSize.ofGigabytes(5);
    private static final S3TargetSettings DEFAULTS = new S3TargetSettings(
            DataSize.ofMegabytes(8), 3, defaultBuffer(), 3, Duration.ofSeconds(40), null, null, null, null, null);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value that is wrong
     */
    public S3TargetSettings {
        if (partSize.compareTo(MIN_PART) < 0 || partSize.compareTo(MAX_PART) > 0) {
            throw new IllegalArgumentException("The part size [" + partSize + "] must be from 5MB to 5GB");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("The concurrency [" + concurrency + "] must be at least 1");
        }
        if (buffer.isNegative()) {
            throw new IllegalArgumentException("The buffer [" + buffer + "] must not be negative");
        }
        if (partAttempts < 1) {
            throw new IllegalArgumentException("The attempts per part [" + partAttempts + "] must be at least 1");
        }
        if (attemptTimeout.isNegative() || attemptTimeout.isZero()) {
            throw new IllegalArgumentException("The attempt timeout [" + attemptTimeout + "] must be positive");
        }
    }

    private static DataSize defaultBuffer() {
        return DataSize.ofBytes(Math.min(
                DataSize.ofMegabytes(64).toBytes(), Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * Returns the defaults.
     *
     * @return parts of 8 MiB, three in flight, three attempts each of at most 40 seconds; 64 MiB for parts in flight but
     *     at most a quarter of the heap
     */
    public static S3TargetSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Changes the size of a part.
     *
     * @param partSize from 5 MiB to 5 GiB
     * @return new settings
     */
    public S3TargetSettings withPartSize(DataSize partSize) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes how many parts of one write may be in flight.
     *
     * @param concurrency at least 1
     * @return new settings
     */
    public S3TargetSettings withConcurrency(int concurrency) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes the memory for parts beyond one for each open write.
     *
     * @param buffer zero or more
     * @return new settings
     */
    public S3TargetSettings withBuffer(DataSize buffer) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes how often a part is sent before the write fails.
     *
     * @param partAttempts at least 1
     * @return new settings
     */
    public S3TargetSettings withPartAttempts(int partAttempts) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes how long one attempt of one request may take.
     *
     * @param attemptTimeout a positive time
     * @return new settings
     */
    public S3TargetSettings withAttemptTimeout(Duration attemptTimeout) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes the storage class.
     *
     * @param storageClass as in {@code STANDARD_IA}, or {@code null}
     * @return new settings
     */
    public S3TargetSettings withStorageClass(@Nullable String storageClass) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes how the service encrypts.
     *
     * @param serverSideEncryption as in {@code aws:kms}, or {@code null}
     * @return new settings
     */
    public S3TargetSettings withServerSideEncryption(@Nullable String serverSideEncryption) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes the key the service encrypts with.
     *
     * @param kmsKeyId an id, an alias or an ARN, or {@code null}
     * @return new settings
     */
    public S3TargetSettings withKmsKeyId(@Nullable String kmsKeyId) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes the canned ACL.
     *
     * @param acl as in {@code bucket-owner-full-control}, or {@code null}
     * @return new settings
     */
    public S3TargetSettings withAcl(@Nullable String acl) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }

    /**
     * Changes the account that must own the bucket.
     *
     * @param expectedBucketOwner an account id, or {@code null}
     * @return new settings
     */
    public S3TargetSettings withExpectedBucketOwner(@Nullable String expectedBucketOwner) {
        return new S3TargetSettings(
                partSize,
                concurrency,
                buffer,
                partAttempts,
                attemptTimeout,
                storageClass,
                serverSideEncryption,
                kmsKeyId,
                acl,
                expectedBucketOwner);
    }
}
