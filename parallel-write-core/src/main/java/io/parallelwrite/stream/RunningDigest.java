package io.parallelwrite.stream;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.RunningChecksum;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The size and checksum of the caller's bytes so far, and what the caller declared them to be.
 *
 * <p>Every byte passes CRC-32C once, which the JDK computes with vector instructions; a second algorithm runs
 * beside it only when the caller declared a checksum in it. Not thread-safe: used by the caller's thread alone.
 */
final class RunningDigest {

    private final RunningChecksum crc32c = RunningChecksum.of(ChecksumAlgorithm.CRC32C);
    private final @Nullable RunningChecksum declared;
    private final long expectedSize;
    private final @Nullable Checksum expected;
    // atomic for a thread that aborts; only the caller's thread changes it
    private final AtomicLong size = new AtomicLong();

    RunningDigest(long expectedSize, @Nullable Checksum expected) {
        this.expectedSize = expectedSize;
        this.expected = expected;
        this.declared = expected == null || expected.algorithm() == ChecksumAlgorithm.CRC32C
                ? null
                : RunningChecksum.of(expected.algorithm());
    }

    void update(byte[] bytes, int offset, int length) {
        crc32c.update(bytes, offset, length);
        if (declared != null) {
            declared.update(bytes, offset, length);
        }
        size.addAndGet(length);
    }

    long size() {
        return size.get();
    }

    ContentDigest value() {
        return new ContentDigest(size(), crc32c.value());
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
        return declared == null ? crc32c.value() : declared.value();
    }
}
