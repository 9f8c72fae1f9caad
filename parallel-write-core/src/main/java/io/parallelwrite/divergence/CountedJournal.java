package io.parallelwrite.divergence;

import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;

/**
 * A journal whose entries are counted for each target that they wait for. A decision record that is put does not count: it is
 * being carried out. One that was there from the beginning does, for nobody carries it out any more.
 *
 * <p>Thread-safe. Nothing is locked while the journal is called.
 */
final class CountedJournal implements Journal {

    private final Journal journal;
    private final WaitingEntries waiting;

    CountedJournal(Journal journal, WaitingEntries waiting) {
        this.journal = journal;
        this.waiting = waiting;
        journal.entries().forEach(waiting::take);
    }

    @Override
    public JournalEntry put(JournalEntry entry) throws IOException {
        JournalEntry kept = journal.put(entry);
        if (!kept.isDecision() || waiting.has(kept.id())) {
            waiting.take(kept);
        }
        return kept;
    }

    @Override
    public void remove(String id) throws IOException {
        journal.remove(id);
        waiting.forget(id);
    }

    @Override
    public List<JournalEntry> entries() {
        return journal.entries();
    }

    @Override
    public List<JournalEntry> entries(TargetPath path) {
        return journal.entries(path);
    }

    @Override
    public int size() {
        return journal.size();
    }

    @Override
    public int capacity() {
        return journal.capacity();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    @Override
    public String toString() {
        return journal.toString();
    }
}
