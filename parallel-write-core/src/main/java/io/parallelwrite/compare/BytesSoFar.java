package io.parallelwrite.compare;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The number and checksums of the bytes a read has handed out, by which another copy is shown to begin with them.
 *
 * <p>CRC-32C and CRC-32 together: 64 bits that find every accident but one in 2^64, at the speed of memory, since the JDK
 * computes both with vector instructions. They are no defence against somebody who forges a copy.
 *
 * <p>Not thread-safe.
 */
final class BytesSoFar {

    private final CRC32C crc32c = new CRC32C();
    private final CRC32 crc32 = new CRC32();
    private long count;

    long count() {
        return count;
    }

    void add(byte[] block, int length) {
        crc32c.update(block, 0, length);
        crc32.update(block, 0, length);
        count += length;
    }

    /**
     * Reads as many bytes from the beginning of another copy and compares them.
     *
     * @param lane open, nothing read from it yet; afterwards its next byte is the one that follows
     * @param maxBlockBytes how much is read at once
     * @return whether it begins with the same bytes
     * @throws IOException if it could not be read
     */
    boolean begin(CopyLane lane, int maxBlockBytes) throws IOException {
        BytesSoFar other = new BytesSoFar();
        byte[] block = new byte[0];
        while (other.count < count) {
            int wanted = (int) Math.min(maxBlockBytes, count - other.count);
            if (block.length != wanted) {
                block = new byte[wanted];
            }
            int length = lane.read(block);
            other.add(block, length);
            if (length < wanted) {
                return false;
            }
        }
        return other.crc32c.getValue() == crc32c.getValue() && other.crc32.getValue() == crc32.getValue();
    }
}
