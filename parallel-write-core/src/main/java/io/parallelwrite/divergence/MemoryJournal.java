package io.parallelwrite.divergence;

import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import java.util.List;

/**
 * A journal in memory: it finds and repairs divergences while the process lives, and remembers nothing after that.
 *
 * <p>Never blocks for longer than others hold its lock, which is short. Thread-safe.
 */
public final class MemoryJournal implements Journal {

    // immutable
    private final int capacity;

    // mutable, guarded by this
    private final JournalIndex index = new JournalIndex();
    private boolean closed;

    /** Creates an empty journal for {@value FileJournal#DEFAULT_CAPACITY} entries. */
    public MemoryJournal() {
        this(FileJournal.DEFAULT_CAPACITY);
    }

    /**
     * Creates an empty journal.
     *
     * @param capacity how many entries it can keep
     * @throws IllegalArgumentException if it is not positive
     */
    public MemoryJournal(int capacity) {
        this.capacity = FileJournal.positive(capacity);
    }

    @Override
    public synchronized JournalEntry put(JournalEntry entry) throws NotAppliedException {
        checkOpen();
        if (!index.contains(entry.id()) && index.size() >= capacity) {
            throw new JournalFullException(toString(), capacity);
        }
        JournalEntry numbered = index.numbered(entry);
        index.put(numbered);
        return numbered;
    }

    @Override
    public synchronized void remove(String id) throws NotAppliedException {
        checkOpen();
        index.remove(id);
    }

    @Override
    public synchronized List<JournalEntry> entries() {
        return index.entries();
    }

    @Override
    public synchronized List<JournalEntry> entries(TargetPath path) {
        return index.entries(path);
    }

    @Override
    public synchronized int size() {
        return index.size();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void checkOpen() throws NotAppliedException {
        if (closed) {
            throw new NotAppliedException(this + " is closed", null);
        }
    }

    @Override
    public String toString() {
        return "The journal in memory";
    }
}
