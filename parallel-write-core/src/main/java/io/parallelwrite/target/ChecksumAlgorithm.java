package io.parallelwrite.target;

/**
 * The checksums this project can compute over a stream of bytes.
 *
 * <p>{@link #CRC32C} is the one every write is compared by: the JDK computes it with vector instructions at tens of
 * gigabytes a second, and S3 can prove it for a whole object. The others serve callers who already know a checksum of
 * their content.
 */
public enum ChecksumAlgorithm {
    /** CRC-32C (Castagnoli), RFC 3720 appendix B.4; four bytes, most significant first. */
    CRC32C,
    /** CRC-32 as in zip and gzip, ISO 3309; four bytes, most significant first. */
    CRC32,
    /** MD5, RFC 1321; sixteen bytes. Finds accidents, not attacks. */
    MD5,
    /** SHA-1, FIPS 180-4; twenty bytes. Finds accidents, not attacks. */
    SHA1,
    /** SHA-256, FIPS 180-4; 32 bytes. */
    SHA256
}
