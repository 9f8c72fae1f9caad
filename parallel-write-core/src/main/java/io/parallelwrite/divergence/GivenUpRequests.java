package io.parallelwrite.divergence;

import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.target.TargetPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths at which a target may still show something because of a request that nobody waits for any more.
 *
 * <p>Thread-safe. Never blocks for longer than others hold its lock, which is short.
 */
final class GivenUpRequests {

    /** How many may be kept in mind before those are looked for that are too old. */
    private static final int FEW = 100;

    private static final String UNKNOWN = "";

    // immutable
    private final DeadlineTimer timer;
    private final long latenessNanos;

    // mutable, guarded by this
    private final Map<TargetPath, Map<String, Long>> givenUpNanos = new HashMap<>();
    private int manyPaths = FEW;

    GivenUpRequests(DeadlineTimer timer, Duration lateness) {
        this.timer = timer;
        this.latenessNanos = lateness.toNanos();
    }

    /** Notes that one of an entry was given up just now. */
    synchronized void note(JournalEntry entry) {
        note(entry.path(), entry.id());
    }

    /** Notes that one of a path was given up just now: of an entry that is gone, or of none. */
    synchronized void noteUnknown(TargetPath path) {
        note(path, UNKNOWN);
    }

    /** Notes that one of a write, delete or repair was given up just now, or has just ended after that. */
    synchronized void note(TargetPath givenUp, String id) {
        Map<String, Long> byId = givenUpNanos.computeIfAbsent(givenUp, path -> new HashMap<>());
        byId.values().removeIf(nanos -> !isRecent(nanos)); // a path may be written, and in doubt, again and again
        byId.put(id, timer.nanoTime());
        if (givenUpNanos.size() > manyPaths) {
            givenUpNanos.values().removeIf(ofPath -> ofPath.values().stream().noneMatch(this::isRecent));
            manyPaths = Math.max(FEW, 2 * givenUpNanos.size());
        }
    }

    /**
     * Returns whose may still arrive and undo an entry: the ids of other entries of the same path, or what stands for one that
     * is not known. Its own would change nothing.
     */
    synchronized Set<String> mayUndo(JournalEntry entry) {
        return givenUpNanos.getOrDefault(entry.path(), Map.of()).entrySet().stream()
                .filter(one -> !one.getKey().equals(entry.id()) && isRecent(one.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Tells whether one of the entry itself may still arrive. */
    synchronized boolean mayArrive(JournalEntry entry) {
        Long nanos = givenUpNanos.getOrDefault(entry.path(), Map.of()).get(entry.id());
        return nanos != null && isRecent(nanos);
    }

    /** Returns how many are kept in mind. */
    synchronized int size() {
        return givenUpNanos.values().stream().mapToInt(Map::size).sum();
    }

    private boolean isRecent(long nanos) {
        return timer.nanoTime() - nanos < latenessNanos;
    }
}
