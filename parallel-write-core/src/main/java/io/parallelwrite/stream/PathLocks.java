package io.parallelwrite.stream;

import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One lock per path, held from the decision to the last commit, so that two writes of one path commit in one order on
 * all targets. First come, first served, each for a limited time.
 *
 * <p>Thread-safe. Never blocks: waiting is done on the future.
 */
final class PathLocks {

    private final DeadlineTimer timer;
    private final Duration patience;

    // guarded by this: a path is present while its lock is held
    private final Map<TargetPath, WaitingLine> held = new HashMap<>();

    PathLocks(DeadlineTimer timer, Duration patience) {
        this.timer = timer;
        this.patience = patience;
    }

    /** Completes when the caller holds the lock; fails when that took too long. */
    synchronized CompletableFuture<Void> acquire(TargetPath path) {
        WaitingLine line = held.get(path);
        if (line == null) {
            held.put(path, new WaitingLine(timer, patience));
            return CompletableFuture.completedFuture(null);
        }
        return line.join("other writes of this path did not end within " + patience.toMillis() + " ms");
    }

    /** Waits on the calling thread until it holds the lock; an interrupt ends the wait. */
    void lock(TargetPath path) throws IOException {
        CompletableFuture<Void> turn = acquire(path);
        try {
            Await.interruptibly(turn);
        } catch (IOException ex) {
            cancel(path, turn, ex);
            throw ex;
        }
    }

    /** Takes back a request; gives the lock on if it has come already. */
    void cancel(TargetPath path, CompletableFuture<Void> turn, IOException reason) {
        if (!turn.completeExceptionally(reason) && !turn.isCompletedExceptionally()) {
            release(path);
        }
    }

    synchronized void release(TargetPath path) {
        WaitingLine line = held.get(path);
        if (line != null && !line.admitNext()) {
            held.remove(path);
        }
    }
}
