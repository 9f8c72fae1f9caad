package io.parallelwrite.stream;

/**
 * How large the next chunk of a stream is: they begin small and double, so that ten thousand small writes stay small.
 *
 * <p>Not thread-safe: the caller's thread alone uses it.
 */
final class ChunkSizes {

    private final int max;
    private int next;

    private ChunkSizes(int max) {
        this.max = max;
        this.next = Math.min(max, BufferSettings.MIN_CHUNK_BYTES);
    }

    /** Returns sizes for so many bytes; a negative number if that is not known. */
    static ChunkSizes of(BufferSettings settings, long expectedSize) {
        ChunkSizes sizes = new ChunkSizes((int) settings.chunk().toBytes());
        sizes.atLeast(expectedSize);
        return sizes;
    }

    /** Returns the size of the next chunk, which is to take so many bytes if one can. */
    int atLeast(long byteCount) {
        while (next < byteCount && next < max) {
            grow();
        }
        return next;
    }

    void grow() {
        next = Math.min(2 * next, max);
    }
}
