package io.parallelwrite.stream;

import org.springframework.util.unit.DataSize;

/**
 * How much memory the engine may use for bytes on their way to the targets.
 *
 * @param chunk the largest chunk; chunks begin small and grow to this
 * @param perWrite how far the fastest target of one write may run ahead of the slowest
 * @param total for all writes together. Every open write is entitled to one chunk beyond it, so that writes cannot block
 *     each other for ever
 */
public record BufferSettings(DataSize chunk, DataSize perWrite, DataSize total) {

    /** The smallest chunk in bytes; every write starts with one of this size. */
    static final int MIN_CHUNK_BYTES = 8 * 1024;

    private static final DataSize MAX_CHUNK = DataSize.ofMegabytes(64);

    /**
     * Checks the sizes against each other.
     *
     * @throws IllegalArgumentException naming the size that is wrong
     */
    public BufferSettings {
        if (chunk.toBytes() <= 0 || chunk.compareTo(MAX_CHUNK) > 0) {
            throw new IllegalArgumentException(
                    "The chunk size [" + chunk + "] must be positive and at most " + MAX_CHUNK);
        }
        if (perWrite.compareTo(chunk) < 0) {
            throw new IllegalArgumentException(
                    "The buffer per write [" + perWrite + "] must be at least the chunk size [" + chunk + "]");
        }
        if (total.compareTo(perWrite) < 0) {
            throw new IllegalArgumentException(
                    "The total buffer [" + total + "] must be at least the buffer per write [" + perWrite + "]");
        }
    }

    /**
     * Returns the defaults.
     *
     * @return chunks to 256 KiB, 4 MiB per write, 64 MiB in all but at most an eighth of the heap
     */
    public static BufferSettings defaults() {
        DataSize perWrite = DataSize.ofMegabytes(4);
        long eighthOfHeap = Runtime.getRuntime().maxMemory() / 8;
        long total =
                Math.max(perWrite.toBytes(), Math.min(DataSize.ofMegabytes(64).toBytes(), eighthOfHeap));
        return new BufferSettings(DataSize.ofKilobytes(256), perWrite, DataSize.ofBytes(total));
    }
}
