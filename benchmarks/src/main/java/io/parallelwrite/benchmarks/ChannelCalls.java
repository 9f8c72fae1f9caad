package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Calls a channel that stands for many, and checks what it answers. Not thread-safe. */
final class ChannelCalls {

    static final int WRITE_BYTES = 1024;
    static final int WRITES_BEFORE_REWIND = 64;
    private static final int BATCH = 64;

    private final SeekableByteChannel all;
    private final ByteBuffer written = ByteBuffer.allocate(WRITE_BYTES);
    private int writes;

    ChannelCalls(SeekableByteChannel all) {
        this.all = all;
    }

    void position() throws IOException {
        check(all.position(), (long) writes * WRITE_BYTES);
    }

    void write() throws IOException {
        if (writes == WRITES_BEFORE_REWIND) {
            all.position(0);
            writes = 0;
        }
        check(all.write(written.rewind()), WRITE_BYTES);
        writes++;
    }

    private static void check(long actual, long expected) {
        if (actual != expected) {
            throw new IllegalStateException("Expected " + expected + ", got " + actual);
        }
    }

    double callsPerSecond(BarrierCall call, double seconds) throws IOException {
        long start = System.nanoTime();
        long calls = 0;
        double elapsed;
        do {
            for (int i = 0; i < BATCH; i++) {
                call.on(this);
            }
            calls += BATCH;
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        return calls / elapsed;
    }

    void close() throws IOException {
        all.close();
    }
}
