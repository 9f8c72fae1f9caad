package io.parallelwrite.divergence;

import io.parallelwrite.target.FileFailure;
import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The records of a {@link FileJournal} on the disk: one segment at a time.
 *
 * <p>A segment begins with all entries that are kept, and is then appended to. When it is full, or when most of it is about
 * entries that are gone, the next one begins in the same way: it is written under a name that nobody reads, forced,
 * renamed, and the directory forced. From then on the earlier segments say nothing any more, and are deleted.
 *
 * <p>After a failed write or force the segment is <em>abandoned</em>: never appended to and never forced again. So is the
 * segment before one whose rename failed, or was not proven durable: whichever of the two is found after a crash, nothing
 * was acknowledged in between.
 *
 * <p>Not thread-safe: one thread at a time.
 */
final class JournalLog {

    private static final Log log = LogFactory.getLog(FileJournal.class);

    /** What a segment has room for beyond twice what it begins with: some thousand writes. */
    static final long GROWTH_BYTES = 1 << 20;

    private final LogDirectory directory;
    private final long growthBytes;
    private final List<String> obsolete;
    private long lastNumber;
    private @Nullable LogSegment current;

    /**
     * Creates a log without a segment; {@link #begin} makes the first.
     *
     * @param directory where it is
     * @param growthBytes what a segment has room for beyond twice what it begins with
     * @param lastNumber the greatest number of a segment so far
     * @param obsolete the files to delete when the first segment is there
     */
    JournalLog(LogDirectory directory, long growthBytes, long lastNumber, Collection<String> obsolete) {
        this.directory = directory;
        this.growthBytes = growthBytes;
        this.lastNumber = lastNumber;
        this.obsolete = new ArrayList<>(obsolete);
    }

    /** Tells whether records can be appended; if not, {@link #begin} is next. */
    boolean hasRoom(long byteCount, long keptBytes) {
        return current != null && current.hasRoom(byteCount) && current.position() <= 2 * keptBytes + growthBytes;
    }

    /**
     * Appends records.
     *
     * @param durable whether to force them, and all before them
     * @throws IOException if that failed; the records may be found again, and the segment is abandoned
     */
    void append(Stream<LogRecord> records, boolean durable) throws IOException {
        LogSegment segment = current;
        if (segment == null) {
            throw new IllegalStateException("There is no segment");
        }
        boolean done = false;
        try {
            segment.append(records);
            if (durable) {
                segment.force();
            }
            done = true;
        } catch (IOException e) {
            throw explained("write the journal", segment.name(), e);
        } finally {
            if (!done) {
                abandon();
            }
        }
    }

    /**
     * Begins the next segment, and makes it durable.
     *
     * @param lastGeneration the greatest generation given so far
     * @param records the entries that are kept, and what else is to be written
     * @throws NotAppliedException if that failed, and nothing of it will be found; the segment before is still there
     * @throws IOException if that failed, and the new segment may be found; the one before is abandoned
     */
    void begin(long lastGeneration, Stream<LogRecord> records) throws IOException {
        long number = ++lastNumber;
        LogSegment next = write(number, Stream.concat(Stream.of(LogRecord.begin(lastGeneration)), records));
        boolean done = false;
        try {
            directory.rename(LogSegment.unfinishedName(number), next.name());
            directory.sync();
            done = true;
        } catch (IOException e) {
            throw explained("rename the journal to", next.name(), e);
        } finally {
            abandon();
            current = next;
            if (!done) {
                obsolete.add(LogSegment.unfinishedName(number));
                abandon();
            }
        }
        deleteObsolete();
    }

    private LogSegment write(long number, Stream<LogRecord> records) throws NotAppliedException {
        String name = LogSegment.unfinishedName(number);
        @Nullable LogFile file = null;
        try {
            file = directory.create(name);
            LogSegment segment = new LogSegment(number, file);
            segment.append(records);
            segment.preallocate(growthBytes);
            return segment;
        } catch (IOException e) {
            discard(name, file, e);
            String explained =
                    FileFailure.explain("write the journal", directory.path().resolve(name), e);
            throw new NotAppliedException(explained, e);
        }
    }

    private void discard(String name, @Nullable LogFile file, IOException why) {
        try {
            if (file != null) {
                file.close();
            }
            directory.delete(name);
        } catch (IOException e) {
            obsolete.add(name);
            why.addSuppressed(e);
        }
    }

    /** Ends the use of the current segment; it is deleted when the next one is there. */
    private void abandon() {
        if (current == null) {
            return;
        }
        LogSegment segment = current;
        current = null;
        obsolete.add(segment.name());
        try {
            segment.close();
        } catch (IOException e) {
            log.warn("Cannot close '" + directory.path().resolve(segment.name()) + "', which is no longer used", e);
        }
    }

    private void deleteObsolete() {
        List<String> names = List.copyOf(obsolete);
        obsolete.clear();
        for (String name : names) {
            try {
                directory.delete(name);
            } catch (IOException e) {
                obsolete.add(name); // tried again with the next segment
                log.warn("Cannot delete '" + directory.path().resolve(name) + "', which is no longer used", e);
            }
        }
    }

    /** Notes that the log was closed, unless its segment is abandoned; then closes it. */
    void close() throws IOException {
        LogSegment segment = current;
        if (segment != null) {
            try (segment) {
                current = null;
                segment.append(Stream.of(LogRecord.END));
                segment.force();
            } catch (IOException e) {
                throw explained("close the journal", segment.name(), e);
            }
        }
    }

    private IOException explained(String tried, String name, IOException e) {
        return FileFailure.explained(tried, directory.path().resolve(name), e);
    }
}
