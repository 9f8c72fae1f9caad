package io.parallelwrite.divergence;

import io.parallelwrite.divergence.BatchWriter.Failure;
import org.jspecify.annotations.Nullable;

/** A record on its way to the log of a {@link FileJournal}. What can change is guarded by the lock of the journal. */
final class JournalRequest {

    // immutable
    final LogRecord record;
    final @Nullable JournalEntry entry; // null: the record removes one
    final boolean isNew; // counts for the room of the journal until it is done

    // mutable, guarded by the lock of the journal
    boolean removed;
    boolean done;

    @Nullable
    Failure failure;

    private JournalRequest(LogRecord record, @Nullable JournalEntry entry, boolean isNew) {
        this.record = record;
        this.entry = entry;
        this.isNew = isNew;
    }

    static JournalRequest put(JournalEntry entry, boolean isNew) {
        return new JournalRequest(LogRecord.put(entry), entry, isNew);
    }

    static JournalRequest remove(String id) {
        return new JournalRequest(LogRecord.remove(id), null, false);
    }

    /** Tells whether somebody waits for it to be durable. */
    boolean isPut() {
        return entry != null;
    }

    boolean isPutOf(String id) {
        return entry != null && entry.id().equals(id);
    }
}
