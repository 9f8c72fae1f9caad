package io.parallelwrite.simulation;

import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A journal of one process, on records that outlive it. */
final class ModelJournal implements Journal {

    /** What is done when nothing goes wrong before. */
    private interface Change {
        void apply();
    }

    private final World world;
    private final SimulatedProcess process;
    private final JournalRecords records;
    private final List<JournalEntry> entries = new ArrayList<>();
    private long generation;

    ModelJournal(World world, SimulatedProcess process, JournalRecords records) {
        this.world = world;
        this.process = process;
        this.records = records;
        entries.addAll(records.open(true));
        entries.forEach(entry -> generation = Math.max(generation, entry.generation()));
        sort();
    }

    private void sort() {
        entries.sort(Comparator.comparingLong(JournalEntry::generation));
    }

    @Override
    public JournalEntry put(JournalEntry entry) throws IOException {
        JournalEntry numbered = numbered(entry);
        perform("put", () -> records.put(numbered));
        entries.removeIf(kept -> kept.id().equals(entry.id()));
        entries.add(numbered);
        sort();
        return numbered;
    }

    private JournalEntry numbered(JournalEntry entry) {
        long number = entries.stream()
                .filter(kept -> kept.id().equals(entry.id()))
                .mapToLong(JournalEntry::generation)
                .findFirst()
                .orElseGet(() -> ++generation);
        return new JournalEntry(
                entry.id(),
                entry.operation(),
                entry.path(),
                entry.digest(),
                entry.attributes(),
                entry.members(),
                entry.since(),
                number);
    }

    @Override
    public void remove(String id) throws IOException {
        perform("remove", () -> records.remove(id));
        entries.removeIf(kept -> kept.id().equals(id));
    }

    private void perform(String operation, Change change) throws IOException {
        Fault fault = world.at(process, new Point(Point.JOURNAL, operation, false));
        switch (fault) {
            case FAIL_BEFORE -> throw new IOException("simulated: the journal's disk is full");
            case REFUSED -> throw new NotAppliedException("simulated: the journal refuses", null);
            case RUNTIME -> throw new IllegalStateException("simulated");
            case ERROR -> throw new LinkageError("simulated");
            case CRASH_BEFORE -> process.die();
            case LATE -> world.await(process, world.after(process, Duration.ofSeconds(41)), false);
            case LATER -> world.await(process, world.after(process, Duration.ofSeconds(500)), false);
            default -> {}
        }
        change.apply();
        if (fault == Fault.CRASH_AFTER) {
            process.die();
        }
        if (fault == Fault.FAIL_AFTER) {
            throw new IOException("simulated: the journal's answer was lost");
        }
    }

    @Override
    public List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public List<JournalEntry> entries(TargetPath path) {
        return entries.stream().filter(entry -> entry.path().equals(path)).toList();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public int capacity() {
        return 1_000;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "The simulated journal";
    }
}
