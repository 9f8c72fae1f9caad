package io.parallelwrite.divergence;

import io.parallelwrite.divergence.FileJournal.Limits;
import io.parallelwrite.target.TargetPath;
import java.util.List;

/**
 * What a {@link FileJournal} keeps in memory, and whether there is room for more.
 *
 * <p>Not thread-safe: guarded by the lock of its journal.
 */
final class KeptEntries {

    private final JournalIndex index;
    private final Limits limits;
    private long byteCount;
    private int newCount; // puts of new ids that are queued or being written

    /** Begins with what was loaded, which may be more than there is room for. */
    KeptEntries(JournalIndex index, Limits limits) {
        this.index = index;
        this.limits = limits;
        index.entries().forEach(entry -> byteCount += byteCount(entry));
    }

    /** Returns what puts an entry under its generation. */
    JournalRequest requestPut(JournalEntry entry) {
        return JournalRequest.put(index.numbered(entry), !index.contains(entry.id()));
    }

    /**
     * Takes the room for what a request puts, until it is settled.
     *
     * @throws JournalFullException if it is new, and there is none
     */
    void reserve(JournalRequest request, String journal) throws JournalFullException {
        boolean full = index.size() + newCount >= limits.entries() || byteCount >= limits.keptBytes();
        if (request.isNew && full) {
            throw new JournalFullException(journal, limits.entries());
        }
        newCount += request.isNew ? 1 : 0;
    }

    /** Gives back the reserved room of a request, and keeps what it puts if that is written and has not been removed. */
    void settle(JournalRequest request, boolean written) {
        JournalEntry entry = request.entry;
        if (entry != null && written && !request.removed) {
            forget(entry.id());
            index.put(entry);
            byteCount += byteCount(entry);
        }
        newCount -= request.isNew ? 1 : 0;
    }

    /** Forgets an entry; returns whether there was one. */
    boolean forget(String id) {
        JournalEntry removed = index.remove(id);
        byteCount -= removed == null ? 0 : byteCount(removed);
        return removed != null;
    }

    private static int byteCount(JournalEntry entry) {
        return LogRecord.put(entry).byteCount();
    }

    /** Returns how many bytes the records of all have. */
    long byteCount() {
        return byteCount;
    }

    /** Returns what the next segment begins with. */
    BatchWriter.Kept forSegment() {
        return new BatchWriter.Kept(index.lastGeneration(), index.entries());
    }

    List<JournalEntry> entries() {
        return index.entries();
    }

    List<JournalEntry> entries(TargetPath path) {
        return index.entries(path);
    }

    int size() {
        return index.size();
    }
}
