package io.parallelwrite.divergence;

import io.parallelwrite.target.TargetPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a journal in memory, by id, by generation and by path; gives the generations.
 *
 * <p>Not thread-safe: guarded by the lock of its journal.
 */
final class JournalIndex {

    private final Map<String, JournalEntry> byId = new HashMap<>();
    private final NavigableMap<Long, JournalEntry> byGeneration = new TreeMap<>();
    private final Map<TargetPath, NavigableMap<Long, JournalEntry>> byPath = new HashMap<>();
    private long lastGeneration;

    /** Returns an entry with the generation under which it is to be kept. */
    JournalEntry numbered(JournalEntry entry) {
        JournalEntry kept = byId.get(entry.id());
        if (kept == null) {
            return entry.withGeneration(++lastGeneration);
        }
        if (!kept.path().equals(entry.path()) || kept.operation() != entry.operation()) {
            throw new IllegalArgumentException("The journal keeps '" + entry.id() + "' for the " + kept.operation()
                    + " of '" + kept.path() + "'; a " + entry.operation() + " of '" + entry.path()
                    + "' needs a token of its own");
        }
        return entry.withGeneration(kept.generation());
    }

    /** Takes a numbered entry, and returns the one with the same id that it replaces. */
    @Nullable
    JournalEntry put(JournalEntry entry) {
        JournalEntry replaced = remove(entry.id());
        byId.put(entry.id(), entry);
        byGeneration.put(entry.generation(), entry);
        byPath.computeIfAbsent(entry.path(), path -> new TreeMap<>()).put(entry.generation(), entry);
        sawGeneration(entry.generation());
        return replaced;
    }

    /** Removes an entry, and returns it if there was one. */
    @Nullable
    JournalEntry remove(String id) {
        JournalEntry removed = byId.remove(id);
        if (removed != null) {
            byGeneration.remove(removed.generation());
            byPath.computeIfPresent(removed.path(), (path, ofPath) -> {
                ofPath.remove(removed.generation());
                return ofPath.isEmpty() ? null : ofPath;
            });
        }
        return removed;
    }

    /** Forgets all entries, but not which generations were given. */
    void clear() {
        byId.clear();
        byGeneration.clear();
        byPath.clear();
    }

    /** Makes sure that generations from now on are greater than this one. */
    void sawGeneration(long generation) {
        lastGeneration = Math.max(lastGeneration, generation);
    }

    long lastGeneration() {
        return lastGeneration;
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    int size() {
        return byId.size();
    }

    List<JournalEntry> entries() {
        return List.copyOf(byGeneration.values());
    }

    List<JournalEntry> entries(TargetPath path) {
        NavigableMap<Long, JournalEntry> ofPath = byPath.get(path);
        Collection<JournalEntry> all = ofPath == null ? List.of() : ofPath.values();
        return List.copyOf(all);
    }
}
