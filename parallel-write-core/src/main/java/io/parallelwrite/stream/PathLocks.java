package io.parallelwrite.stream;

import io.parallelwrite.target.TargetPath;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One lock per path, held from the decision to the last commit, so that two writes of one path commit in one order on
 * all targets. First come, first served.
 *
 * <p>Thread-safe. Never blocks: waiting is done on the future.
 */
final class PathLocks {

    // guarded by this: a path is present while its lock is held; its queue holds those who wait
    private final Map<TargetPath, ArrayDeque<CompletableFuture<Void>>> held = new HashMap<>();

    /** Completes when the caller holds the lock. */
    synchronized CompletableFuture<Void> acquire(TargetPath path) {
        ArrayDeque<CompletableFuture<Void>> waiting = held.get(path);
        if (waiting == null) {
            held.put(path, new ArrayDeque<>(1));
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        waiting.add(turn);
        return turn;
    }

    void release(TargetPath path) {
        CompletableFuture<Void> next;
        synchronized (this) {
            next = held.getOrDefault(path, new ArrayDeque<>()).poll();
            if (next == null) {
                held.remove(path);
                return;
            }
        }
        next.complete(null); // the write that waited longest goes on to its decision
    }
}
