package io.parallelwrite.simulation;

import io.parallelwrite.divergence.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** The records of a journal on its disk. A removal is durable with the next entry, or not at all. */
final class JournalRecords {

    private final List<JournalEntry> durable = new ArrayList<>();
    private final List<String> removedSince = new ArrayList<>();

    void put(JournalEntry entry) {
        durable.removeIf(kept -> removedSince.contains(kept.id()) || kept.id().equals(entry.id()));
        removedSince.clear();
        durable.add(entry);
    }

    void remove(String id) {
        removedSince.add(id);
    }

    /** Returns what is found when it is opened: after a crash, removals that were not durable may be lost. */
    List<JournalEntry> open(boolean removalsAreLost) {
        if (!removalsAreLost) {
            durable.removeIf(kept -> removedSince.contains(kept.id()));
        }
        removedSince.clear();
        return List.copyOf(durable);
    }

    /** Returns what is kept for certain. */
    List<JournalEntry> kept() {
        return durable.stream()
                .filter(entry -> !removedSince.contains(entry.id()))
                .toList();
    }
}
