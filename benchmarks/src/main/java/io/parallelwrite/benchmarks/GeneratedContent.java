package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Content of any size, the same each time, made faster than any target takes it.
 *
 * <p>One random block of about 1 MiB is written over and over in pieces, each stamped with its offset, so that no two
 * pieces are equal. Not thread-safe.
 */
final class GeneratedContent implements Content {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int DEFAULT_PIECE_BYTES = 64 << 10;
    private static final long SEED = 42;

    private final int pieceBytes;
    private final int blockBytes;
    private final byte[] block;
    private final ByteBuffer stamps;

    /** Makes pieces of 64 KiB. */
    GeneratedContent() {
        this(DEFAULT_PIECE_BYTES);
    }

    /**
     * Sets how many bytes one call of {@code write} gets.
     *
     * @param pieceBytes at least 1
     */
    GeneratedContent(int pieceBytes) {
        this.pieceBytes = pieceBytes;
        this.blockBytes = Math.max(1, BLOCK_BYTES / pieceBytes) * pieceBytes;
        this.block = bytes(blockBytes + Long.BYTES); // the stamp of a short last piece goes beyond it
        this.stamps = ByteBuffer.wrap(block);
    }

    /** Returns random bytes, the same for each size. */
    static byte[] bytes(int byteCount) {
        byte[] bytes = new byte[byteCount];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void writeTo(OutputStream out, long byteCount) throws IOException {
        for (long offset = 0; offset < byteCount; offset += pieceBytes) {
            int position = (int) (offset % blockBytes);
            stamps.putLong(position, offset);
            out.write(block, position, (int) Math.min(pieceBytes, byteCount - offset));
        }
    }

    @Override
    public int pieceBytes() {
        return pieceBytes;
    }
}
