package io.parallelwrite.divergence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of a {@link FileJournal}, and the frame it has on the disk.
 *
 * <pre>
 * bytes  what
 * 4      magic: FF 50 57 4A; FF occurs in no UTF-8 text, so no path or name can look like a record
 * 1      version of this format
 * 1      type
 * 2      length of the payload
 * n      payload
 * 4      CRC-32C of the number of the segment (8 bytes, not stored) and of all from the version to the payload
 * </pre>
 *
 * <p>Numbers are big-endian. The segment's number is part of the checksum so that bytes of a deleted segment, which a file
 * system may show again after a crash, are no records of another one.
 *
 * @param type what it says
 * @param payload what it says it about
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and only this package sees it
record LogRecord(Type type, byte[] payload) {

    /** The version this release writes, and the only one it reads. */
    static final byte VERSION = 1;

    /** What precedes the payload. */
    static final int HEAD_BYTES = 8;

    /** What the frame adds to the payload. */
    static final int FRAME_BYTES = HEAD_BYTES + Integer.BYTES;

    /** The longest record with its frame. */
    static final int MAX_BYTES = 64 * 1024;

    static final int MAX_PAYLOAD_BYTES = MAX_BYTES - FRAME_BYTES;

    static final int MAGIC = 0xFF50574A;

    /** The last record of a log that was closed: all before it is known to be durable. */
    static final LogRecord END = new LogRecord(Type.END, new byte[0]);

    /** What a record says. */
    enum Type {
        /** The first of a segment: the greatest generation given so far. Entries of earlier segments no longer count. */
        BEGIN(1),
        /** An entry, in place of an earlier one with the same id. */
        PUT(2),
        /** The entry with this id is forgotten. */
        REMOVE(3),
        /** The log was closed. */
        END(4);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }

        static @Nullable Type of(byte code) {
            return Arrays.stream(values())
                    .filter(type -> type.code == code)
                    .findFirst()
                    .orElse(null);
        }
    }

    static LogRecord begin(long lastGeneration) {
        return new LogRecord(
                Type.BEGIN,
                ByteBuffer.allocate(Long.BYTES).putLong(lastGeneration).array());
    }

    static LogRecord put(JournalEntry entry) {
        return new LogRecord(Type.PUT, EntryFormat.encode(entry));
    }

    static LogRecord remove(String id) {
        return new LogRecord(Type.REMOVE, id.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the length with the frame. */
    int byteCount() {
        return FRAME_BYTES + payload.length;
    }

    /** Returns the record as it is written. */
    byte[] framed(long segment) {
        ByteBuffer frame = ByteBuffer.allocate(byteCount());
        frame.putInt(MAGIC).put(VERSION).put(type.code).putShort((short) payload.length);
        frame.put(payload);
        frame.putInt(checksum(frame.array(), 0, payload.length, segment));
        return frame.array();
    }

    /** Returns the record that begins at an offset, or {@code null} if there is no whole and undamaged one. */
    static @Nullable LogRecord at(byte[] bytes, int offset, long segment) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length - offset < FRAME_BYTES || buffer.getInt(offset) != MAGIC || bytes[offset + 4] != VERSION) {
            return null;
        }
        int length = Short.toUnsignedInt(buffer.getShort(offset + 6));
        int end = offset + HEAD_BYTES + length;
        if (bytes.length - end < Integer.BYTES || buffer.getInt(end) != checksum(bytes, offset, length, segment)) {
            return null;
        }
        Type type = Type.of(bytes[offset + 5]);
        return type == null ? null : new LogRecord(type, Arrays.copyOfRange(bytes, offset + HEAD_BYTES, end));
    }

    private static int checksum(byte[] bytes, int offset, int length, long segment) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(segment).flip());
        crc.update(bytes, offset + Integer.BYTES, HEAD_BYTES - Integer.BYTES + length);
        return (int) crc.getValue();
    }
}
