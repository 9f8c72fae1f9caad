package io.parallelwrite.divergence;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open file of a {@link LogDirectory}. One thread at a time calls it. */
interface LogFile extends Closeable {

    /** Writes all remaining bytes at a position. Blocks; does not react to an interrupt. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /**
     * Makes what was written durable. Blocks; does not react to an interrupt. After a failure the file is not to be used
     * again: the system may have dropped the bytes, and would report success the next time.
     *
     * @param metadata whether the size must become durable, too
     */
    void force(boolean metadata) throws IOException;
}
