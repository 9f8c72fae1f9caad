package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * Content that looks ten times on its way, after a full garbage collection each time, how much heap is in use. The look
 * takes time: a write of it tells about memory and nothing about speed.
 *
 * <p>What it sees is what the write needs, not garbage that a collection has not come to yet. Not thread-safe.
 */
final class ProbedContent implements Content {

    private static final int LOOKS = 10;

    private final Content content;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private long leastBytes = Long.MAX_VALUE;
    private long mostBytes;

    ProbedContent(Content content) {
        this.content = content;
    }

    @Override
    public void writeTo(OutputStream out, long byteCount) throws IOException {
        forget();
        long written = 0;
        for (int i = 1; i <= LOOKS; i++) {
            long until = byteCount / LOOKS * i + (i == LOOKS ? byteCount % LOOKS : 0);
            content.writeTo(out, until - written);
            written = until;
            look();
        }
    }

    /** Forgets an object that was written only to warm up. */
    private void forget() {
        leastBytes = Long.MAX_VALUE;
        mostBytes = 0;
    }

    private void look() {
        memory.gc();
        long used = memory.getHeapMemoryUsage().getUsed();
        leastBytes = Math.min(leastBytes, used);
        mostBytes = Math.max(mostBytes, used);
    }

    /** Returns the least heap in use at any look, which is near the most if the need does not grow. */
    long leastBytes() {
        return leastBytes;
    }

    /** Returns the most heap in use at any look. */
    long mostBytes() {
        return mostBytes;
    }

    @Override
    public int pieceBytes() {
        return content.pieceBytes();
    }
}
