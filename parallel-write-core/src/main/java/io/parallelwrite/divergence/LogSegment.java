package io.parallelwrite.divergence;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of records, written from its beginning to its end.
 *
 * <p>Its whole length is written with zeros and forced before the first record is appended, so that forcing one later
 * changes no metadata.
 *
 * <p>Not thread-safe: one thread at a time.
 */
final class LogSegment implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** How the name of a segment ends that is complete. */
    static final String SUFFIX = ".log";

    private static final Pattern NAME = Pattern.compile("journal-([0-9]{1,18})\\.(log|tmp)");

    private final long number;
    private final LogFile file;
    private long position;
    private long capacity;

    LogSegment(long number, LogFile file) {
        this.number = number;
        this.file = file;
    }

    /** Returns the name of a segment. */
    static String name(long number) {
        return String.format("journal-%010d" + SUFFIX, number);
    }

    /** Returns the name of a segment that is not complete; nobody reads it. */
    static String unfinishedName(long number) {
        return String.format("journal-%010d.tmp", number);
    }

    /** Returns the number in a name of either kind, or {@code null} if it is neither. */
    static @Nullable Long number(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
    }

    String name() {
        return name(number);
    }

    long position() {
        return position;
    }

    boolean hasRoom(long byteCount) {
        return position + byteCount <= capacity;
    }

    /** Writes records after those that are there. */
    void append(Stream<LogRecord> records) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
        for (Iterator<LogRecord> all = records.iterator(); all.hasNext(); ) {
            buffer.writeBytes(all.next().framed(number));
            if (buffer.size() >= BUFFER_BYTES) {
                write(buffer);
            }
        }
        write(buffer);
    }

    private void write(ByteArrayOutputStream buffer) throws IOException {
        if (buffer.size() > 0) {
            file.write(ByteBuffer.wrap(buffer.toByteArray()), position);
            position += buffer.size();
            buffer.reset();
        }
    }

    /** Makes the file twice as long as what it holds and {@code growthBytes} more, and all of it durable. */
    void preallocate(long growthBytes) throws IOException {
        capacity = 2 * position + growthBytes;
        for (long at = position; at < capacity; at += BUFFER_BYTES) {
            file.write(ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, capacity - at)), at);
        }
        file.force(true);
    }

    /** Makes the records durable. */
    void force() throws IOException {
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
