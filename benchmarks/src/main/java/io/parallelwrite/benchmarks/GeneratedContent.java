package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Content of any size, the same each time, made faster than any target takes it.
 *
 * <p>One random block of 1 MiB is written over and over in pieces of 64 KiB, each stamped with its offset, so that no two
 * pieces are equal. Not thread-safe.
 */
final class GeneratedContent {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 64 << 10;
    private static final long SEED = 42;

    private final byte[] block = bytes(BLOCK_BYTES);
    private final ByteBuffer stamps = ByteBuffer.wrap(block);

    /** Returns random bytes, the same for each size. */
    static byte[] bytes(int byteCount) {
        byte[] bytes = new byte[byteCount];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    /** Writes so many bytes. */
    void writeTo(OutputStream out, long byteCount) throws IOException {
        for (long offset = 0; offset < byteCount; offset += PIECE_BYTES) {
            int position = (int) (offset % BLOCK_BYTES);
            stamps.putLong(position, offset);
            out.write(block, position, (int) Math.min(PIECE_BYTES, byteCount - offset));
        }
    }
}
