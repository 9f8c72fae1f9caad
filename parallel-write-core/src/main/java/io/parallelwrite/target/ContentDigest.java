package io.parallelwrite.target;

/**
 * The size and checksum of the bytes of one write, computed once on their way in.
 *
 * @param size the number of bytes
 * @param checksum their CRC-32C
 */
public record ContentDigest(long size, Checksum checksum) {

    @Override
    public String toString() {
        return size + " bytes, " + checksum;
    }
}
