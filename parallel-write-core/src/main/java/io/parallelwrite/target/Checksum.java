package io.parallelwrite.target;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The checksum of some bytes, with its algorithm.
 *
 * @param algorithm how it was computed
 * @param hex the value in lower-case hexadecimal digits
 */
public record Checksum(ChecksumAlgorithm algorithm, String hex) {

    /**
     * Checks and normalises the digits.
     *
     * @throws IllegalArgumentException if {@code hex} is not hexadecimal or has the wrong length for the algorithm
     */
    public Checksum {
        hex = hex.toLowerCase(Locale.ROOT);
        int expected = byteCount(algorithm) * 2;
        if (hex.length() != expected || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "A " + algorithm + " checksum has " + expected + " hexadecimal digits, not '" + hex + "'");
        }
    }

    /**
     * Returns a checksum from its bytes.
     *
     * @param algorithm how it was computed
     * @param value the value, most significant byte first
     * @return the checksum
     */
    public static Checksum of(ChecksumAlgorithm algorithm, byte[] value) {
        return new Checksum(algorithm, HexFormat.of().formatHex(value));
    }

    /**
     * Returns a CRC-32C from the value {@link java.util.zip.CRC32C#getValue()} gives.
     *
     * @param value the lower 32 bits are used
     * @return the checksum
     */
    public static Checksum crc32c(long value) {
        return of(
                ChecksumAlgorithm.CRC32C,
                ByteBuffer.allocate(Integer.BYTES).putInt((int) value).array());
    }

    /**
     * Returns a checksum from the Base64 form that S3 and HTTP headers use.
     *
     * @param algorithm how it was computed
     * @param base64 the value
     * @return the checksum
     * @throws IllegalArgumentException if the text is not Base64 or has the wrong length
     */
    public static Checksum ofBase64(ChecksumAlgorithm algorithm, String base64) {
        return of(algorithm, Base64.getDecoder().decode(base64));
    }

    /**
     * Returns the value in Base64, as S3 and HTTP headers write it.
     *
     * @return the Base64 text
     */
    public String base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static int byteCount(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32C, CRC32 -> 4;
            case MD5 -> 16;
            case SHA1 -> 20;
            case SHA256 -> 32;
        };
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
