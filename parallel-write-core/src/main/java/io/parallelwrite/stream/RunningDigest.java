package io.parallelwrite.stream;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentDigest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The size and checksum of the caller's bytes so far, and what the caller declared them to be.
 *
 * <p>Every byte passes {@link CRC32C} once, which the JDK computes with vector instructions; a second algorithm runs
 * beside it only when the caller declared a checksum in it. Not thread-safe: used by the caller's thread alone.
 */
final class RunningDigest {

    private final CRC32C crc32c = new CRC32C();
    private final @Nullable CRC32 crc32;
    private final @Nullable MessageDigest messageDigest;
    private final long expectedSize;
    private final @Nullable Checksum expected;
    // atomic for a thread that aborts; only the caller's thread changes it
    private final AtomicLong size = new AtomicLong();

    RunningDigest(long expectedSize, @Nullable Checksum expected) {
        this.expectedSize = expectedSize;
        this.expected = expected;
        ChecksumAlgorithm algorithm = expected == null ? ChecksumAlgorithm.CRC32C : expected.algorithm();
        this.crc32 = algorithm == ChecksumAlgorithm.CRC32 ? new CRC32() : null;
        this.messageDigest = messageDigest(algorithm);
    }

    private static @Nullable MessageDigest messageDigest(ChecksumAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case CRC32C, CRC32 -> null;
                case MD5 -> MessageDigest.getInstance("MD5");
                case SHA1 -> MessageDigest.getInstance("SHA-1");
                case SHA256 -> MessageDigest.getInstance("SHA-256");
            };
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalArgumentException("This Java runtime cannot compute " + algorithm + " checksums", ex);
        }
    }

    void update(byte[] bytes, int offset, int length) {
        crc32c.update(bytes, offset, length);
        if (crc32 != null) {
            crc32.update(bytes, offset, length);
        }
        if (messageDigest != null) {
            messageDigest.update(bytes, offset, length);
        }
        size.addAndGet(length);
    }

    long size() {
        return size.get();
    }

    ContentDigest value() {
        return new ContentDigest(size(), Checksum.crc32c(crc32c.getValue()));
    }

    /** Fails as soon as more bytes have come than were declared. */
    void checkNotTooLong(long byteCount) throws ContentMismatchException {
        if (expectedSize >= 0 && byteCount > expectedSize) {
            throw new ContentMismatchException("the content is longer than the " + expectedSize + " bytes declared");
        }
    }

    /** Fails if the content has ended and is not what was declared. */
    void checkComplete() throws ContentMismatchException {
        if (expectedSize >= 0 && size() != expectedSize) {
            throw new ContentMismatchException(
                    "the content ended after " + size() + " bytes, " + expectedSize + " were declared");
        }
        Checksum actual = actual();
        if (expected != null && !expected.equals(actual)) {
            throw new ContentMismatchException("the content has the checksum " + actual + ", declared was " + expected);
        }
    }

    private Checksum actual() {
        if (messageDigest != null && expected != null) {
            return Checksum.of(expected.algorithm(), messageDigest.digest());
        }
        if (crc32 != null) {
            return Checksum.of(
                    ChecksumAlgorithm.CRC32,
                    ByteBuffer.allocate(Integer.BYTES)
                            .putInt((int) crc32.getValue())
                            .array());
        }
        return Checksum.crc32c(crc32c.getValue());
    }
}
