package io.parallelwrite.divergence;

import io.parallelwrite.target.FileFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link StagingLog} in the directory of a journal: {@code staging-} and a number.
 *
 * <p>Records are those of a {@link LogRecord} and are appended, one write for each call, never forced. When the file is long,
 * the next begins with all that is noted, and those before are deleted after that; whoever finds several reads them in
 * order. After a failure the next call begins another file. A record that is damaged is left out: what it noted is found by
 * its age.
 *
 * <p>Not thread-safe: one thread at a time.
 */
final class NoteFile {

    private static final Log log = LogFactory.getLog(StagingLog.class);

    /** Some thousand writes. */
    static final int LONG_BYTES = 1 << 20;

    private static final Pattern NAME = Pattern.compile("staging-([0-9]{1,18})\\.log");

    private final LogDirectory directory;
    private final List<String> obsolete = new ArrayList<>();
    private long number;
    private @Nullable LogFile current;
    private long position;
    private final int growthBytes;
    private long longBytes;
    private boolean failing;
    private boolean closed;

    /**
     * Creates it; {@link #load} comes first.
     *
     * @param directory where it is
     * @param growthBytes how much longer than twice what it begins with a file may get
     */
    NoteFile(LogDirectory directory, int growthBytes) {
        this.directory = directory;
        this.growthBytes = growthBytes;
    }

    private static String name(long number) {
        return String.format("staging-%010d.log", number);
    }

    /** Reads what earlier owners noted, by the numbers of the notes. */
    Map<Long, Note> load() {
        Map<Long, Note> notes = new TreeMap<>();
        for (String name : names()) {
            obsolete.add(name);
            try {
                LogScan scan = LogScan.of(directory.read(name), number(name));
                scan.records().forEach(found -> apply(found.record(), notes));
                if (!scan.damaged().isEmpty()) {
                    log.warn("'" + directory.path().resolve(name) + "' is damaged in "
                            + scan.damaged().size() + " places; what they noted is found by its age");
                }
            } catch (IOException e) {
                log.warn(explained("read the notes", name, e), e);
            }
        }
        return notes;
    }

    private List<String> names() {
        try {
            List<String> names = new ArrayList<>(directory.names().stream()
                    .filter(name -> NAME.matcher(name).matches())
                    .toList());
            names.sort(Comparator.comparingLong(NoteFile::number));
            number = names.isEmpty() ? 0 : number(names.get(names.size() - 1));
            return names;
        } catch (IOException e) {
            log.warn(FileFailure.explain("look for notes in", directory.path(), e), e);
            number = System.currentTimeMillis(); // beyond any that is there
            return List.of();
        }
    }

    private static long number(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static void apply(LogRecord record, Map<Long, Note> notes) {
        Long number = Note.number(record);
        if (number == null) {
            return;
        }
        if (record.type() == LogRecord.Type.REMOVE) {
            notes.remove(number);
        } else if (record.type() == LogRecord.Type.PUT) {
            Note note = Note.of(record);
            if (note != null) {
                notes.put(number, note);
            }
        }
    }

    /** Appends records; or begins a file with all that is noted, which they are part of. */
    void append(List<LogRecord> records, Supplier<List<LogRecord>> all) {
        if (closed) {
            return;
        }
        LogFile file = current;
        try {
            if (file != null && position < longBytes) {
                write(file, records);
            } else {
                begin(all.get());
            }
            failing = false;
        } catch (IOException e) {
            abandon();
            if (!failing) { // once, until it goes well again
                log.warn(
                        explained("note what is staged", name(number), e)
                                + ". What a kill of this process leaves is found by its age until this is mended",
                        e);
            }
            failing = true;
        }
    }

    private void begin(List<LogRecord> all) throws IOException {
        abandon();
        number++;
        obsolete.add(name(number)); // until it is whole
        LogFile file = directory.create(name(number));
        current = file;
        position = 0;
        write(file, all);
        longBytes = 2 * position + growthBytes;
        obsolete.remove(name(number));
        deleteObsolete();
    }

    private void write(LogFile file, List<LogRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        records.stream()
                .filter(record -> record.byteCount() <= LogRecord.MAX_BYTES) // a longer one is found by its age
                .forEach(record -> bytes.writeBytes(record.framed(number)));
        if (bytes.size() > 0) {
            file.write(ByteBuffer.wrap(bytes.toByteArray()), position);
            position += bytes.size();
        }
    }

    private void deleteObsolete() {
        for (String name : List.copyOf(obsolete)) {
            try {
                directory.delete(name);
                obsolete.remove(name);
            } catch (IOException e) { // tried again with the next file
                log.warn(explained("delete the notes", name, e), e);
            }
        }
    }

    private void abandon() {
        LogFile file = current;
        current = null;
        if (file == null) {
            return;
        }
        obsolete.add(name(number));
        try {
            file.close();
        } catch (IOException e) {
            log.warn(explained("close the notes", name(number), e), e);
        }
    }

    private String explained(String tried, String name, IOException e) {
        return FileFailure.explain(tried, directory.path().resolve(name), e);
    }

    void close() {
        closed = true;
        abandon();
    }
}
