package io.parallelwrite.divergence;

import io.parallelwrite.divergence.LeftOver.Stage;
import io.parallelwrite.target.StagingIntent;
import io.parallelwrite.target.StagingNote;
import io.parallelwrite.target.StagingNotes;
import io.parallelwrite.target.TargetPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The notes of what targets stage, and of writes under way to targets that do not: in memory, and, if it belongs to a {@link
 * FileJournal}, in a file beside its log, so that they survive the process.
 *
 * <p><b>Owner.</b> Who has the journal has the notes: what an earlier owner left is nobody's, for that owner has ended. What
 * belongs to other processes is in their journals.
 *
 * <p><b>Strength.</b> A note is one write to the system, and never forced: it survives {@code kill -9}, not a power cut. A
 * file that cannot be written is logged, and no write fails for it; what nothing notes is found by its age.
 *
 * <p><b>Size.</b> There is a note for everything staged for an open write, and for at most {@value #MAX_LEFT} left-overs;
 * further ones are logged and left to be found by their age.
 *
 * <p>Blocks for one short write. Thread-safe: one lock, held during that write.
 */
public final class StagingLog {

    private static final Log log = LogFactory.getLog(StagingLog.class);

    /** How many left-overs are kept. */
    static final int MAX_LEFT = 10_000;

    // immutable
    private final @Nullable NoteFile file;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    // mutable, guarded by this
    private final Map<Long, LeftOver> open = new HashMap<>();
    private final Map<Long, LeftOver> left = new TreeMap<>();
    private final Map<Long, JournalEntry> begun = new HashMap<>();
    private final Map<Long, JournalEntry> interrupted = new TreeMap<>();
    private long lastNumber;

    private StagingLog(@Nullable NoteFile file) {
        this.file = file;
    }

    /**
     * Returns a log that lives as long as the process: it remembers what was left behind, and nothing of earlier processes.
     *
     * @return an empty log
     */
    public static StagingLog inMemory() {
        return new StagingLog(null);
    }

    /** Opens the log in a directory that is owned; what is found there is left over. */
    static StagingLog in(LogDirectory directory) {
        return in(new NoteFile(directory, NoteFile.LONG_BYTES));
    }

    static StagingLog in(NoteFile file) {
        StagingLog opened = new StagingLog(file);
        for (Map.Entry<Long, Note> found : file.load().entrySet()) {
            opened.takeOver(found.getKey(), found.getValue());
        }
        opened.append(Stream.of()); // into a file of its own
        return opened;
    }

    private synchronized void takeOver(long number, Note note) {
        lastNumber = Math.max(lastNumber, number);
        if (note instanceof Note.Staged staged) {
            left.put(number, staged.leftOver(number));
        } else if (note instanceof Note.Begun write) {
            interrupted.put(number, write.entry());
        }
    }

    /**
     * Returns what takes the notes of one target.
     *
     * @param target its name
     * @param place its place
     * @return of use until the journal is closed
     */
    public StagingNotes notesOf(String target, String place) {
        return new StagingNotes() {
            @Override
            public StagingNote staged(TargetPath path, String what) {
                return note(new LeftOver(nextNumber(), target, place, path, what, Stage.STAGED));
            }

            @Override
            public StagingIntent intended(TargetPath path, String what) {
                return note(new LeftOver(nextNumber(), target, place, path, what, Stage.INTENDED));
            }
        };
    }

    private synchronized long nextNumber() {
        return ++lastNumber;
    }

    private Noted note(LeftOver staged) {
        put(staged);
        return new Noted(staged);
    }

    private synchronized void put(LeftOver staged) {
        open.put(staged.number(), staged);
        append(Stream.of(Note.Staged.of(staged).record(staged.number())));
    }

    /** A note, and the intent it may have begun as. */
    private final class Noted implements StagingNote, StagingIntent {

        private LeftOver staged; // by the one thread at a time that uses a note

        Noted(LeftOver staged) {
            this.staged = staged;
        }

        @Override
        public StagingNote staged(String what) {
            reached(what, Stage.STAGED);
            return this;
        }

        @Override
        public void publishing() {
            reached(staged.what(), Stage.PUBLISHING);
        }

        private void reached(String what, Stage stage) {
            staged = staged.as(what, stage);
            put(staged); // instead of the note before
        }

        @Override
        public void gone() {
            synchronized (StagingLog.this) {
                if (open.remove(staged.number()) != null) {
                    append(Stream.of(Note.removed(staged.number())));
                }
            }
        }

        @Override
        public void leftBehind() {
            if (leave(staged)) {
                listeners.forEach(Runnable::run);
            }
        }
    }

    private synchronized boolean leave(LeftOver staged) {
        if (open.remove(staged.number()) == null) {
            return false;
        }
        if (left.size() >= MAX_LEFT) {
            log.warn("There are " + left.size() + " left-overs that cannot be discarded; forgotten is " + staged
                    + ", which only its age will tell");
            append(Stream.of(Note.removed(staged.number())));
            return false;
        }
        left.put(staged.number(), staged);
        return true;
    }

    /**
     * Notes that a write is under way to targets of which one does not stage: if this process dies, the targets may differ.
     *
     * @param entry what the journal is to say then
     * @return says that the write has ended
     */
    Runnable begun(JournalEntry entry) {
        long number;
        synchronized (this) {
            number = ++lastNumber;
            LogRecord record;
            try {
                record = new Note.Begun(entry).record(number);
            } catch (
                    IllegalArgumentException
                            e) { // too long: its decision will be refused for that, before it is committed
                log.warn("Not noted that '" + entry.path() + "' is being written: " + e.getMessage());
                return () -> {};
            }
            begun.put(number, entry);
            append(Stream.of(record));
        }
        return () -> ended(number);
    }

    private synchronized void ended(long number) {
        begun.remove(number);
        interrupted.remove(number);
        append(Stream.of(Note.removed(number)));
    }

    /**
     * Returns the writes that earlier owners had under way.
     *
     * @return the entries the journal is to have, each with what forgets the note
     */
    synchronized Map<JournalEntry, Runnable> interrupted() {
        Map<JournalEntry, Runnable> writes = new HashMap<>();
        interrupted.forEach((number, entry) -> writes.put(entry, () -> ended(number)));
        return writes;
    }

    /**
     * Returns what is to be discarded.
     *
     * @return in the order it was noted; an unmodifiable copy
     */
    public synchronized List<LeftOver> leftOvers() {
        return List.copyOf(left.values());
    }

    /**
     * Forgets what was discarded.
     *
     * @param discarded one of the left-overs; one that is forgotten already is ignored
     */
    public synchronized void forget(LeftOver discarded) {
        if (left.remove(discarded.number()) != null) {
            append(Stream.of(Note.removed(discarded.number())));
        }
    }

    /**
     * Adds who is told whenever something is left behind.
     *
     * @param listener called on the thread that ended the write; must be quick
     */
    public void whenLeftBehind(Runnable listener) {
        listeners.add(listener);
    }

    /** Appends records, or begins a file with all that is noted. */
    private synchronized void append(Stream<LogRecord> records) {
        if (file != null) {
            file.append(records.toList(), this::all);
        }
    }

    private synchronized List<LogRecord> all() {
        List<LogRecord> all = new ArrayList<>();
        Stream.of(left, open)
                .forEach(notes -> notes.forEach(
                        (number, staged) -> all.add(Note.Staged.of(staged).record(number))));
        Stream.of(interrupted, begun)
                .forEach(notes -> notes.forEach((number, entry) -> all.add(new Note.Begun(entry).record(number))));
        return all;
    }

    /** Ends the use of the file; what is noted later is noted in memory alone. */
    synchronized void close() {
        Optional.ofNullable(file).ifPresent(NoteFile::close);
    }
}
