package io.parallelwrite.stream;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a stream ended, for the calls that come after that.
 *
 * <p>Thread-safe.
 */
final class StreamEnd {

    // immutable
    private final TargetPath path;
    private final CompletableFuture<Void> discarded = new CompletableFuture<>();
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    // mutable, guarded by this
    private @Nullable WriteResult result;
    private @Nullable Throwable reason;
    private boolean overdue;
    private @Nullable Runnable finish;

    StreamEnd(TargetPath path) {
        this.path = path;
    }

    /**
     * The engine ends the write; who comes meanwhile is to be told how.
     *
     * @param finish the last step; runs once
     */
    synchronized void beginOverdue(Runnable finish) {
        overdue = true;
        this.finish = finish;
    }

    /** What an overdue write has staged is discarded, or its deadlines have passed: it can be finished without waiting. */
    void discarded() {
        discarded.complete(null); // a caller that came back goes on
    }

    /** Finishes an overdue write, unless that has been begun: on a worker, or on the thread of a caller that came back first. */
    void finishOverdue() {
        Runnable mine;
        synchronized (this) {
            mine = finish;
            finish = null;
        }
        if (mine == null) {
            return;
        }
        try {
            mine.run();
        } finally {
            known.complete(null); // calls that wait for it go on
        }
    }

    private synchronized boolean isOverdue() {
        return overdue;
    }

    synchronized void is(WriteResult outcome, @Nullable Throwable why) {
        result = outcome;
        reason = why;
    }

    /**
     * Returns what a call that came too late is to throw. Blocks while the engine ends the write: for the abort deadlines at
     * most, and then for listeners. Calls that hang may hold all workers, so this thread finishes it if none has begun to.
     */
    IOException exception() {
        if (isOverdue()) {
            Await.uninterruptibly(List.of(discarded));
            finishOverdue();
            Await.uninterruptibly(List.of(known));
        }
        return describe();
    }

    private synchronized IOException describe() {
        if (result != null && !result.isSuccess()) {
            return ParallelWriteException.of(result, reason);
        }
        String how = result == null ? "is being ended by another thread" : "has been committed";
        return new IOException("The write of '" + path + "' " + how + " and takes nothing more; open another");
    }
}
