package io.parallelwrite.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pooled, reference-counted block of bytes on its way to all lanes.
 *
 * <p>The caller's thread fills it while it is the only owner; then it is {@linkplain #share shared} and only read. Each
 * lane releases its reference once the target has let go of the bytes; the last release gives the block back to the
 * pool. A block a target was abandoned with is not reused until that target's call has ended.
 *
 * <p>Not thread-safe while it is filled; thread-safe once shared.
 */
final class Chunk {

    // immutable
    private final ChunkPool pool;
    private final ChunkPool.Account account;
    private final byte[] bytes;

    // written by the caller's thread only, before the chunk is shared
    private int length;

    private final AtomicInteger references = new AtomicInteger(1);

    // guarded by the pool: whether it counts for its own write, and not only for all together
    private boolean onAccount = true;

    Chunk(ChunkPool pool, ChunkPool.Account account, byte[] bytes) {
        this.pool = pool;
        this.account = account;
        this.bytes = bytes;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    int remaining() {
        return bytes.length - length;
    }

    void advance(int byteCount) {
        length += byteCount;
    }

    /** Reads what fits from a stream, without counting it; at least one byte, or returns -1 at its end. */
    int read(InputStream in) throws IOException {
        int read = in.read(bytes, length, remaining());
        if (read != 0) {
            return read;
        }
        int single = in.read(); // a careless stream; asking for one byte makes it block or end
        if (single < 0) {
            return -1;
        }
        bytes[length] = (byte) single;
        return 1;
    }

    /** Returns the bytes; every target gets a view of its own, and none can change them. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length).asReadOnlyBuffer();
    }

    /** Adds one reference for each of so many lanes; the caller keeps its own until it releases it. */
    void share(int lanes) {
        references.addAndGet(lanes);
    }

    void release() {
        if (references.decrementAndGet() == 0) {
            pool.recycle(this); // a caller that waits for memory is woken there
        }
    }

    /** Gives up a chunk that was never shared, when another thread may still be filling it: its bytes are not reused. */
    void forget() {
        pool.forget(this);
    }

    /** A target was abandoned while it reads the chunk: its write may have other memory meanwhile. */
    void abandon() {
        pool.abandon(this);
    }

    ChunkPool.Account account() {
        return account;
    }

    /** Guarded by the pool. Returns whether the chunk counted for its write until now. */
    boolean leaveAccount() {
        boolean counted = onAccount;
        onAccount = false;
        return counted;
    }
}
