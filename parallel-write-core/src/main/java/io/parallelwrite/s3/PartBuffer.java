package io.parallelwrite.s3;

import io.parallelwrite.target.Checksum;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of one part, with their checksum.
 *
 * <p>Bytes are copied into segments that are added as they are needed, so nothing is ever copied twice and a small object
 * takes little. The first part of a write begins with small segments, the others with pooled ones.
 *
 * <p>Filled by one thread at a time; once {@link #body()} was called it is only read, until {@link #recycle}.
 */
final class PartBuffer {

    private static final int FIRST_SEGMENT_BYTES = 16 * 1024;

    // immutable
    private final PartMemory memory;
    private final long capacity;
    private final long reservedBytes;
    private final boolean startSmall;
    // mutable, confined to the write until the part is sent
    private final List<byte[]> segments = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private int lastSegmentFilled;
    private long byteCount;

    /**
     * Creates an empty buffer.
     *
     * @param capacity how many bytes make it full
     * @param reservedBytes how much of the shared budget it stands for; 0 for the one each write is entitled to
     * @param startSmall whether to begin with small segments
     */
    PartBuffer(PartMemory memory, long capacity, long reservedBytes, boolean startSmall) {
        this.memory = memory;
        this.capacity = capacity;
        this.reservedBytes = reservedBytes;
        this.startSmall = startSmall;
    }

    /** Copies as many bytes as fit. */
    void put(ByteBuffer bytes) {
        while (bytes.hasRemaining() && !isFull()) {
            byte[] segment = segmentWithRoom();
            int count = (int)
                    Math.min(Math.min(bytes.remaining(), segment.length - lastSegmentFilled), capacity - byteCount);
            bytes.get(segment, lastSegmentFilled, count);
            crc.update(segment, lastSegmentFilled, count);
            lastSegmentFilled += count;
            byteCount += count;
        }
    }

    private byte[] segmentWithRoom() {
        if (segments.isEmpty() || lastSegmentFilled == segments.get(segments.size() - 1).length) {
            segments.add(newSegment());
            lastSegmentFilled = 0;
        }
        return segments.get(segments.size() - 1);
    }

    private byte[] newSegment() {
        long wanted = startSmall ? Math.max(FIRST_SEGMENT_BYTES, byteCount) : PartMemory.SEGMENT_BYTES;
        return wanted >= PartMemory.SEGMENT_BYTES ? memory.take() : new byte[(int) wanted];
    }

    boolean isFull() {
        return byteCount == capacity;
    }

    long byteCount() {
        return byteCount;
    }

    long reservedBytes() {
        return reservedBytes;
    }

    Checksum checksum() {
        return Checksum.crc32c(crc.getValue());
    }

    /** Returns the size and checksum of what came before and these bytes. */
    Crc32cOfPieces after(Crc32cOfPieces before) {
        return before.plus(byteCount, (int) crc.getValue());
    }

    /** Returns a body that reads these bytes in place, as often as it is asked to. */
    PartBody body() {
        ByteBuffer[] filled = new ByteBuffer[segments.size()];
        for (int i = 0; i < filled.length; i++) {
            int end = i == filled.length - 1 ? lastSegmentFilled : segments.get(i).length;
            filled[i] = ByteBuffer.wrap(segments.get(i), 0, end);
        }
        return new PartBody(filled, byteCount);
    }

    /** Gives the segments back to the pool. Only for the one who can prove that nobody reads them any more. */
    void recycle() {
        segments.forEach(memory::recycle);
        segments.clear();
    }
}
