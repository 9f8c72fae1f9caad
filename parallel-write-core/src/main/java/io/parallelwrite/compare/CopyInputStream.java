package io.parallelwrite.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of one object, which know from whose copy they come.
 *
 * <p>Reading blocks the calling thread until the target gives bytes, at most for its deadline without progress. Closing
 * releases every copy that was opened; one whose call hangs is released when that call returns. Not thread-safe, but for
 * {@link #close()}, which any thread may call to end a read that another is blocked in.
 */
public abstract class CopyInputStream extends InputStream {

    // used by the reading thread alone
    private byte[] block = new byte[0];
    private int position;
    private int limit;

    /** For the kinds in this package. */
    CopyInputStream() {}

    /**
     * Returns the path.
     *
     * @return the normalised path
     */
    public abstract String path();

    /**
     * Returns the target whose copy is handed out; of copies read in step, the first in the order of reads.
     *
     * @return the name of the target
     */
    public abstract String servedBy();

    /**
     * Returns the targets this read did without so far.
     *
     * @return in the order they were left; empty if the first target serves
     */
    public abstract List<PassedOver> passedOver();

    /**
     * Gets the next bytes by {@link #provide}, when all before have been handed out.
     *
     * @return {@code false} at the end of the object, or if nothing was provided
     */
    abstract boolean advance() throws IOException;

    /** Fails if this read was closed. */
    abstract void checkOpen() throws IOException;

    /** Has the first bytes of a block handed out; the block must not change until the next {@link #advance()}. */
    final void provide(byte[] block, int length) {
        this.block = block;
        this.position = 0;
        this.limit = length;
    }

    private boolean hasBytes() throws IOException {
        checkOpen();
        return position < limit || advance();
    }

    @Override
    public final int read() throws IOException {
        return hasBytes() ? block[position++] & 0xff : -1;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!hasBytes()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(block, position, bytes, offset, count);
        position += count;
        return count;
    }

    /** Writes the rest of the object to a stream, straight from the blocks it is read in. */
    @Override
    public final long transferTo(OutputStream out) throws IOException {
        long transferred = 0;
        while (hasBytes()) {
            int count = limit - position;
            out.write(block, position, count);
            position = limit;
            transferred += count;
        }
        return transferred;
    }

    @Override
    public final long skip(long wanted) throws IOException {
        long skipped = 0;
        while (skipped < wanted && hasBytes()) {
            int count = (int) Math.min(wanted - skipped, limit - position);
            position += count;
            skipped += count;
        }
        return skipped;
    }

    /** Returns how many bytes can be read without asking a target. */
    @Override
    public final int available() {
        return limit - position;
    }

    /** Ends the read; see the description of this class. Idempotent. */
    @Override
    public abstract void close();
}
