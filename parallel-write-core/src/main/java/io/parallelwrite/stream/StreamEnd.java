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
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    // mutable, guarded by this
    private @Nullable WriteResult result;
    private @Nullable Throwable reason;
    private boolean overdue;

    StreamEnd(TargetPath path) {
        this.path = path;
    }

    /** Nobody but the engine ends the write; who comes meanwhile is to be told how. */
    synchronized void beginOverdue() {
        overdue = true;
    }

    private synchronized boolean isOverdue() {
        return overdue;
    }

    synchronized void is(WriteResult outcome, @Nullable Throwable why) {
        result = outcome;
        reason = why;
    }

    /** Nothing more will be known: calls that wait for it go on. */
    void settle() {
        known.complete(null);
    }

    /** Returns what a call that came too late is to throw. Blocks while the engine ends the write, for the abort deadlines at most. */
    IOException exception() {
        if (isOverdue()) {
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
