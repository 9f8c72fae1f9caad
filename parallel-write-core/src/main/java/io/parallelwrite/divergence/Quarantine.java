package io.parallelwrite.divergence;

import io.parallelwrite.divergence.LogScan.Stretch;
import io.parallelwrite.target.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The bytes of a journal that are no records, kept in files of their own for people to look at.
 *
 * <p>A file holds what is damaged in one segment: of each stretch the offset (8 bytes), the length (4 bytes) and the bytes.
 * The same damage has the same name, so that it is kept once, however often the journal is opened. There are at most
 * {@value #MAX_FILES}; further damage is logged and not kept.
 *
 * <p>Not thread-safe: one thread at a time.
 */
final class Quarantine {

    private static final Log log = LogFactory.getLog(FileJournal.class);

    static final String PREFIX = "quarantine-";

    static final int MAX_FILES = 100;

    private final LogDirectory directory;

    Quarantine(LogDirectory directory) {
        this.directory = directory;
    }

    /**
     * Keeps what is damaged in a segment, durably, and logs it.
     *
     * @param segment the name of the segment
     * @param bytes all of it
     * @param damaged the stretches that should be records; logged at WARN
     * @param tail what was being written when the process or the power failed; logged at INFO
     */
    void keep(String segment, byte[] bytes, List<Stretch> damaged, Stretch tail) throws IOException {
        List<Stretch> all = new ArrayList<>(damaged);
        if (tail.byteCount() > 0) {
            all.add(tail);
        }
        if (all.isEmpty()) {
            return;
        }
        all.sort(Comparator.comparingInt(Stretch::offset));
        String kept = keep(segment, contents(bytes, all));
        Path file = directory.path().resolve(segment);
        if (damaged.isEmpty()) {
            log.info("'" + file + "' ends with a record of which " + tail.byteCount()
                    + " bytes were written when the process or the power failed; nothing waited for it any more. "
                    + kept);
        } else {
            log.warn("'" + file + "' is damaged in " + damaged.size() + " places, " + reason(bytes, all.get(0))
                    + ". The other entries are loaded; what the lost ones were about can be found by verifying the"
                    + " targets. " + kept);
        }
    }

    private static String reason(byte[] bytes, Stretch first) {
        String where = "the first " + first.byteCount() + " bytes from byte " + first.offset() + " on";
        boolean record =
                first.byteCount() > Integer.BYTES && ByteBuffer.wrap(bytes).getInt(first.offset()) == LogRecord.MAGIC;
        byte version = record ? bytes[first.offset() + Integer.BYTES] : LogRecord.VERSION;
        return version == LogRecord.VERSION
                ? where
                : where + ", which are of the unknown version " + version + " of the format: of a newer release?";
    }

    private static byte[] contents(byte[] bytes, List<Stretch> stretches) {
        int length = stretches.stream()
                .mapToInt(s -> Long.BYTES + Integer.BYTES + s.byteCount())
                .sum();
        ByteBuffer contents = ByteBuffer.allocate(length);
        for (Stretch stretch : stretches) {
            contents.putLong(stretch.offset()).putInt(stretch.byteCount());
            contents.put(bytes, stretch.offset(), stretch.byteCount());
        }
        return contents.array();
    }

    /** Returns a sentence about where the bytes are. */
    private String keep(String segment, byte[] contents) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(contents);
        String name = PREFIX + segment.replace(".log", "") + String.format("-%08x.bin", crc.getValue());
        List<String> present = directory.names().stream()
                .filter(other -> other.startsWith(PREFIX))
                .toList();
        if (present.size() >= MAX_FILES && !present.contains(name)) {
            return "Its bytes are not kept, for there are " + present.size() + " files '" + PREFIX
                    + "*' already; look at them and delete them";
        }
        boolean begun = present.contains(name);
        if (!begun || !Arrays.equals(directory.read(name), contents)) {
            if (begun) { // and not ended: the power failed meanwhile
                directory.delete(name);
            }
            write(name, contents);
        }
        return "Its bytes are kept in '" + name + "'";
    }

    private void write(String name, byte[] contents) throws IOException {
        try {
            try (LogFile file = directory.create(name)) {
                file.write(ByteBuffer.wrap(contents), 0);
                file.force(true);
            }
            directory.sync();
        } catch (IOException e) {
            directory.delete(name); // or the next owner would take it for complete
            throw FileFailure.explained(
                    "keep what is damaged of the journal in", directory.path().resolve(name), e);
        }
    }
}
