package io.parallelwrite.divergence;

import io.parallelwrite.divergence.BatchWriter.Failure;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a directory of its own: an append-only log, and its entries in memory.
 *
 * <p><b>Group commit.</b> A record is queued. The thread that finds nobody writing becomes the writer: it takes all that is
 * queued, appends it with one write, forces it once, and wakes those whose records these were. What comes in meanwhile
 * waits for the next round, which one of its own threads leads. So many puts at once share one force, and one alone waits
 * for nobody. The callers lead, and not a thread of the journal's: a put hands over to no other thread and back, there is
 * nothing to start, to name or to stop, and a device that hangs holds only threads that wait for it anyway.
 *
 * <p><b>Interrupts.</b> A caller may be interrupted at any time; its flag stays set, the put ends as it would have, and
 * neither the file nor the interrupter notices ({@link DiskLogFile} says why).
 *
 * <p><b>Removing.</b> An entry is forgotten in memory at once. Its record is appended, but forced only with the next put.
 * After a power cut it may be found again, in the state of its last put.
 *
 * <p><b>Failure.</b> After a failed write or force the segment is abandoned, since the system may have dropped the bytes
 * and would report success the next time. The next segment begins with all entries that are kept, and without those whose
 * puts failed. If that succeeds, the puts fail with {@link NotAppliedException}. If not, each further put tries to begin
 * one first, so that the journal recovers by itself once the disk does.
 *
 * <p><b>Damage.</b> When it is opened, records that are damaged are skipped, copied into a file {@code quarantine-*},
 * counted, and logged at WARN; the others are loaded. See {@link LogRecord} for the format, {@link JournalLog} for the files.
 *
 * <p><b>Owner.</b> A lock on a file in the directory is held until {@link #close()}.
 *
 * <p>Blocks as {@link Journal} says. Thread-safe. Locks: one, not held during writes and forces; who writes is told by
 * {@code writing}, which is changed under the lock.
 */
public final class FileJournal implements Journal {

    /** How many entries a journal can keep unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 100_000;

    /** How many bytes of records a journal can keep: that many entries of common size, and of long ones fewer. */
    private static final long MAX_KEPT_BYTES = 256L << 20;

    // immutable
    private final LogDirectory directory;
    private final Limits limits;
    private final int damagedCount;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();

    // used by the thread that writes
    private final BatchWriter writer;

    // mutable, guarded by lock
    private final KeptEntries entries;
    private List<JournalRequest> queue = new ArrayList<>();
    private List<JournalRequest> batch = List.of();
    private boolean writing;
    private boolean closed;
    private @Nullable StagingLog staging;

    /**
     * How much a journal can keep.
     *
     * @param entries how many entries
     * @param keptBytes how many bytes of records
     * @param growthBytes what a segment has room for beyond twice what it begins with
     */
    record Limits(int entries, long keptBytes, long growthBytes) {}

    private FileJournal(LogDirectory directory, Limits limits, JournalLoad load) {
        this.directory = directory;
        this.limits = limits;
        this.damagedCount = load.damagedCount();
        this.writer = new BatchWriter(load.log(limits.growthBytes()), this::kept);
        this.entries = new KeptEntries(load.index(), limits);
    }

    /**
     * Opens the journal in a directory, with room for {@value #DEFAULT_CAPACITY} entries.
     *
     * @param directory the directory; made if it is missing, with the mode 0700 where there are modes
     * @return the journal, with the entries its last owner left
     * @throws IOException if another owner has it, or the disk failed; its message names the directory, the reason and the
     *     remedy
     */
    public static FileJournal open(Path directory) throws IOException {
        return open(directory, DEFAULT_CAPACITY);
    }

    /**
     * Opens the journal in a directory. Reads all of it, and writes what is kept into a new file, so that a disk which takes
     * no writes is known at once.
     *
     * @param directory the directory; made if it is missing, with the mode 0700 where there are modes
     * @param capacity how many entries it can keep; more that are found in it are kept, too, but no new ones until there
     *     are fewer
     * @return the journal, with the entries its last owner left
     * @throws IOException if another owner has it, or the disk failed; its message names the directory, the reason and the
     *     remedy
     * @throws IllegalArgumentException if the capacity is not positive
     */
    public static FileJournal open(Path directory, int capacity) throws IOException {
        Limits limits = new Limits(positive(capacity), MAX_KEPT_BYTES, JournalLog.GROWTH_BYTES);
        return open(DiskLogDirectory.open(directory), limits);
    }

    /** Opens the journal in a directory that is owned already; closes it if that fails. */
    static FileJournal open(LogDirectory directory, Limits limits) throws IOException {
        boolean opened = false;
        try {
            FileJournal journal = new FileJournal(directory, limits, JournalLoad.of(directory));
            journal.writer.begin();
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                directory.close();
            }
        }
    }

    static int positive(int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException(
                    "max-entries [" + capacity + "] must be positive: a journal without room refuses every write");
        }
        return capacity;
    }

    @Override
    public JournalEntry put(JournalEntry entry) throws IOException {
        lock.lock();
        try {
            checkOpen();
            JournalRequest request = entries.requestPut(entry);
            entries.reserve(request, toString());
            queue.add(request);
            while (!request.done) {
                if (writing) {
                    written.awaitUninterruptibly(); // until the one who writes is done; then this or another one leads
                } else {
                    writeQueue();
                }
            }
            if (request.failure != null) {
                throw request.failure.toException(toString());
            }
            return Objects.requireNonNull(request.entry);
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() throws NotAppliedException {
        if (closed) {
            throw new NotAppliedException(this + " is closed", null);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Does not throw if the record cannot be written: the entry is forgotten in memory, and that is logged at WARN.
     */
    @Override
    public void remove(String id) throws IOException {
        lock.lock();
        try {
            checkOpen();
            boolean kept = entries.forget(id);
            boolean onItsWay = forgetQueued(id);
            if (kept || onItsWay) {
                queue.add(JournalRequest.remove(id));
                if (!writing) {
                    writeQueue();
                } // else the one who writes goes on with it
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes puts that are on their way be forgotten as soon as they are written. */
    private boolean forgetQueued(String id) {
        List<JournalRequest> puts = Stream.concat(batch.stream(), queue.stream())
                .filter(request -> request.isPutOf(id))
                .toList();
        puts.forEach(put -> put.removed = true);
        return !puts.isEmpty();
    }

    /**
     * Writes all that is queued, and what is queued meanwhile by callers that do not wait for it. Called and left with the
     * lock held, by one thread at a time; the lock is free in between.
     */
    private void writeQueue() {
        writing = true; // seen by callers that come now: they queue, and wait if they put
        try {
            do {
                batch = queue;
                queue = new ArrayList<>();
                writeBatch();
            } while (!queue.isEmpty() && queue.stream().noneMatch(JournalRequest::isPut));
        } finally {
            writing = false;
            written.signalAll(); // wakes those whose records were written, and those of whom one leads next
        }
    }

    private void writeBatch() {
        List<LogRecord> records = batch.stream().map(request -> request.record).toList();
        boolean durable = batch.stream().anyMatch(JournalRequest::isPut);
        boolean hasRoom = writer.hasRoom(records, entries.byteCount());
        @Nullable Failure failure = Failure.UNSEEN;
        lock.unlock();
        try {
            failure = writer.write(records, durable, hasRoom);
        } finally {
            lock.lock();
            settle(failure);
        }
    }

    /** Marks the batch as done. */
    private void settle(@Nullable Failure failure) {
        for (JournalRequest request : batch) {
            entries.settle(request, failure == null);
            request.failure = failure;
            request.done = true;
        }
        batch = List.of();
    }

    private BatchWriter.Kept kept() {
        lock.lock();
        try {
            return entries.forSegment();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<JournalEntry> entries() {
        lock.lock();
        try {
            return entries.entries();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<JournalEntry> entries(TargetPath path) {
        lock.lock();
        try {
            return entries.entries(path);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} Reads, and begins, their file when called first. */
    @Override
    public Optional<StagingLog> stagingLog() {
        lock.lock();
        try {
            if (staging == null && !closed) {
                staging = StagingLog.in(directory);
            }
            return Optional.ofNullable(staging);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int capacity() {
        return limits.entries();
    }

    /**
     * Returns how many stretches of bytes were found damaged when the journal was opened.
     *
     * @return 0 if all was well
     */
    public int damagedCount() {
        return damagedCount;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true; // seen by callers that come now: they fail
            while (writing || !queue.isEmpty()) {
                if (writing) {
                    written.awaitUninterruptibly(); // until the one who writes is done
                } else {
                    writeQueue();
                }
            }
            if (staging != null) {
                staging.close();
            }
            try (directory) {
                writer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "The journal in '" + directory.path() + "'";
    }
}
