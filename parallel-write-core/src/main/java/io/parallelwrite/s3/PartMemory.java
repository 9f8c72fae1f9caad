package io.parallelwrite.s3;

import java.util.ArrayDeque;

/**
 * The memory for parts of one target: a budget for those beyond one for each open write, and a pool of segments.
 *
 * <p>A reservation is tried, never waited for, so writes cannot block each other. Free segments are kept up to the size of
 * the budget. Nothing blocks. Thread-safe.
 */
final class PartMemory {

    /** The size of a pooled segment: below the size from which G1 gives an array regions of its own. */
    static final int SEGMENT_BYTES = 256 * 1024;

    private final long budgetBytes;
    // mutable, guarded by this
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private long reservedBytes;

    PartMemory(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /** Reserves room for a part, or returns {@code false} at once if there is none. */
    synchronized boolean tryReserve(long byteCount) {
        if (byteCount > budgetBytes - reservedBytes) {
            return false;
        }
        reservedBytes += byteCount;
        return true;
    }

    /** Gives room back. */
    synchronized void release(long byteCount) {
        reservedBytes -= byteCount;
    }

    /** Returns a segment of {@link #SEGMENT_BYTES} whose content is undefined. */
    byte[] take() {
        synchronized (this) {
            byte[] segment = free.poll();
            if (segment != null) {
                return segment;
            }
        }
        return new byte[SEGMENT_BYTES];
    }

    /** Takes back a segment that nobody reads or writes any more. */
    synchronized void recycle(byte[] segment) {
        if (segment.length == SEGMENT_BYTES && (free.size() + 1L) * SEGMENT_BYTES <= budgetBytes) {
            free.push(segment);
        }
    }

    /** Returns how much of the budget is reserved. */
    synchronized long reservedBytes() {
        return reservedBytes;
    }
}
