package io.parallelwrite.divergence;

import io.parallelwrite.divergence.LogScan.Found;
import io.parallelwrite.divergence.LogScan.Stretch;
import io.parallelwrite.target.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an earlier owner of a journal directory left behind.
 *
 * <p>Segments are read in order; each that begins as it should takes the place of those before it. Of one whose beginning
 * is damaged the records count on top of those before: at worst an entry that was removed is found again. Damage never ends
 * the reading, and what is damaged goes into {@linkplain Quarantine quarantine} before anything is deleted.
 *
 * <p>Not thread-safe: one thread, once.
 */
final class JournalLoad {

    private final LogDirectory directory;
    private final Quarantine quarantine;
    private final JournalIndex index = new JournalIndex();
    private final List<String> leftFiles = new ArrayList<>();
    private long lastNumber;
    private int damagedCount;

    private JournalLoad(LogDirectory directory) {
        this.directory = directory;
        this.quarantine = new Quarantine(directory);
    }

    static JournalLoad of(LogDirectory directory) throws IOException {
        JournalLoad load = new JournalLoad(directory);
        for (var segment : load.segments().entrySet()) {
            load.read(segment.getKey(), segment.getValue());
        }
        return load;
    }

    private SortedMap<Long, String> segments() throws IOException {
        SortedMap<Long, String> segments = new TreeMap<>();
        for (String name : names()) {
            Long number = LogSegment.number(name);
            if (number != null) {
                leftFiles.add(name);
                lastNumber = Math.max(lastNumber, number);
                if (name.endsWith(LogSegment.SUFFIX)) {
                    segments.put(number, name);
                }
            }
        }
        return segments;
    }

    private List<String> names() throws IOException {
        try {
            return directory.names();
        } catch (IOException e) {
            throw FileFailure.explained("list the journal in", directory.path(), e);
        }
    }

    private byte[] bytes(String name) throws IOException {
        try {
            return directory.read(name);
        } catch (IOException e) {
            throw FileFailure.explained("read the journal", directory.path().resolve(name), e);
        }
    }

    private void read(long number, String name) throws IOException {
        byte[] bytes = bytes(name);
        LogScan scan = LogScan.of(bytes, number);
        List<Stretch> damaged = new ArrayList<>(scan.damaged());
        for (Found found : scan.records()) {
            if (!apply(found.record())) {
                damaged.add(found.where());
            }
        }
        if (scan.isClosed() && scan.tail().byteCount() > 0) {
            damaged.add(scan.tail());
        }
        damagedCount += damaged.size();
        quarantine.keep(name, bytes, damaged, scan.isClosed() ? new Stretch(bytes.length, 0) : scan.tail());
    }

    /** Takes a record in, and tells whether it could be understood. */
    private boolean apply(LogRecord record) {
        switch (record.type()) {
            case BEGIN -> {
                if (record.payload().length != Long.BYTES) {
                    return false;
                }
                index.clear();
                index.sawGeneration(ByteBuffer.wrap(record.payload()).getLong());
            }
            case PUT -> {
                JournalEntry entry = EntryFormat.decode(record.payload());
                if (entry == null) {
                    return false;
                }
                index.put(entry);
            }
            case REMOVE -> index.remove(new String(record.payload(), StandardCharsets.UTF_8));
            case END -> {} // says that all before it was durable
        }
        return true;
    }

    /** Returns the entries that are kept. */
    JournalIndex index() {
        return index;
    }

    /** Returns the log that continues what was found; it has no segment yet. */
    JournalLog log(long growthBytes) {
        return new JournalLog(directory, growthBytes, lastNumber, leftFiles);
    }

    /** Returns how many stretches of bytes were damaged. */
    int damagedCount() {
        return damagedCount;
    }
}
