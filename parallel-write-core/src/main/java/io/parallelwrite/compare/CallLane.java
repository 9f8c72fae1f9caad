package io.parallelwrite.compare;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.TargetCall;
import io.parallelwrite.stream.TargetCalls;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Something a target has opened, which one call at a time uses on the target's workers.
 *
 * <p>It is closed when no call uses it any more: one that overruns its deadline keeps it open until it returns. Closing is
 * done by who asks for it if all calls went well, else on a worker: a target that hangs may hang there, too, and must hold
 * neither a reader nor the thread of the alarms.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 *
 * @param <R> what was opened
 */
final class CallLane<R extends Closeable> {

    private static final Log log = LogFactory.getLog(ParallelResourceReader.class);

    /** What a call does with it. */
    @FunctionalInterface
    interface Use<R, T> {
        T call(R opened) throws IOException;
    }

    private final TargetCalls calls;
    private final R opened;

    // guarded by this
    private CompletableFuture<?> lastCall = CompletableFuture.completedFuture(null);
    private CompletableFuture<?> awaited = lastCall;
    private boolean closed;

    private CallLane(TargetCalls calls, R opened) {
        this.calls = calls;
        this.opened = opened;
    }

    /** Has it opened; completes with the lane, or fails with what the target threw or its deadline. */
    static <R extends Closeable> CompletableFuture<CallLane<R>> open(TargetCalls calls, Use<TargetCalls, R> opening) {
        return calls.submit(Phase.OPEN, () -> opening.call(calls))
                .inTimeOrReleased(late -> new CallLane<>(calls, late).closeOpened())
                .thenApply(opened -> new CallLane<>(calls, opened));
    }

    TargetCalls calls() {
        return calls;
    }

    String target() {
        return calls.target().name();
    }

    /** Asks for a call, once the one before has completed. */
    <T> CompletableFuture<T> submit(Use<R, T> use) {
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(closedException());
            }
            TargetCall<T> call = calls.submit(Phase.READ, () -> use.call(opened));
            lastCall = call.atLast();
            awaited = call.inTime();
            return call.inTime();
        }
    }

    private static IOException closedException() {
        return new IOException("The read was closed");
    }

    /**
     * Closes what was opened, now or when the call that is out has returned; who waits for that call fails at once.
     * Idempotent; any thread.
     */
    void close() {
        CompletableFuture<?> out;
        CompletableFuture<?> waitedFor;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            out = lastCall;
            waitedFor = awaited;
        }
        waitedFor.completeExceptionally(closedException()); // the thread that waits goes on, and sees that it is closed
        if (out.isDone() && !out.isCompletedExceptionally()) {
            closeOpened();
        } else {
            out.whenComplete((result, failure) -> calls.release(this::closeOpened));
        }
    }

    private void closeOpened() {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "What was read from target '" + target() + "' could not be closed; what it gave is not affected",
                    e);
        }
    }
}
