package io.parallelwrite.target;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of the bytes so far, in one algorithm.
 *
 * <p>Nothing here blocks. Not thread-safe.
 */
public final class RunningChecksum {

    private final ChecksumAlgorithm algorithm;
    private final Taker taker;
    private final Supplier<byte[]> result;
    private @Nullable Checksum value;

    /** Takes bytes into the computation. */
    @FunctionalInterface
    private interface Taker {
        void take(byte[] bytes, int offset, int length);
    }

    private RunningChecksum(ChecksumAlgorithm algorithm, Taker taker, Supplier<byte[]> result) {
        this.algorithm = algorithm;
        this.taker = taker;
        this.result = result;
    }

    /**
     * Begins a computation.
     *
     * @param algorithm how it is computed
     * @return the checksum of no bytes
     * @throws IllegalArgumentException if this Java runtime has no such algorithm
     */
    public static RunningChecksum of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32C -> of(algorithm, new CRC32C());
            case CRC32 -> of(algorithm, new CRC32());
            case MD5 -> of(algorithm, "MD5");
            case SHA1 -> of(algorithm, "SHA-1");
            case SHA256 -> of(algorithm, "SHA-256");
        };
    }

    private static RunningChecksum of(ChecksumAlgorithm algorithm, java.util.zip.Checksum crc) {
        return new RunningChecksum(
                algorithm,
                crc::update,
                () -> ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    private static RunningChecksum of(ChecksumAlgorithm algorithm, String javaName) {
        try {
            MessageDigest digest = MessageDigest.getInstance(javaName);
            return new RunningChecksum(algorithm, digest::update, digest::digest);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalArgumentException("This Java runtime cannot compute " + algorithm + " checksums", ex);
        }
    }

    /**
     * Returns the algorithm.
     *
     * @return how it is computed
     */
    public ChecksumAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Takes the next bytes.
     *
     * @param bytes where they are
     * @param offset of the first one
     * @param length how many
     */
    public void update(byte[] bytes, int offset, int length) {
        taker.take(bytes, offset, length);
    }

    /**
     * Ends the computation: it takes no more bytes afterwards.
     *
     * @return the checksum of all bytes taken
     */
    public Checksum value() {
        Checksum computed = value;
        if (computed == null) {
            computed = Checksum.of(algorithm, result.get());
            value = computed;
        }
        return computed;
    }
}
