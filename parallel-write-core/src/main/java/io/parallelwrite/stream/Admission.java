package io.parallelwrite.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * The gate before a write: counts the open ones, lets others wait for their turn, and closes for good.
 *
 * <p>First come, first served. Thread-safe. Never blocks: waiting is done on the futures.
 */
final class Admission {

    // immutable
    private final int places;
    private final Duration patience;
    private final DeadlineTimer timer;

    // mutable, guarded by this
    private final ArrayDeque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int open;
    private boolean closed;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    Admission(EngineSettings settings, DeadlineTimer timer) {
        this.places = settings.maxOpenWrites();
        this.patience = settings.admission();
        this.timer = timer;
    }

    /** Completes when the write may begin; fails when its turn did not come in time, or the gate is closed. */
    CompletableFuture<Void> enter() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(closedException());
            }
            if (open < places) {
                open++;
                return CompletableFuture.completedFuture(null);
            }
            waiting.add(turn);
        }
        Runnable cancelAlarm = timer.schedule(patience, () -> giveUp(turn));
        turn.whenComplete((admitted, ex) -> cancelAlarm.run());
        return turn;
    }

    /** Takes back a request to enter; leaves if the turn has come already. */
    void cancel(CompletableFuture<Void> turn) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(turn);
        }
        if (!waited && !turn.isCompletedExceptionally()) {
            leave();
        }
    }

    private void giveUp(CompletableFuture<Void> turn) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(turn);
        }
        if (waited) {
            turn.completeExceptionally(
                    new IOException(places + " writes are open, the most allowed at once, and none" + " ended within "
                            + patience.toMillis() + " ms; close streams that are not needed, or allow more"));
        }
    }

    /** A write has ended. */
    void leave() {
        CompletableFuture<Void> next;
        boolean empty;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                open--;
            }
            empty = closed && open == 0;
        }
        if (next != null) {
            next.complete(null); // the caller that waited longest goes on
        }
        if (empty) {
            drained.complete(null); // the thread that closes the engine goes on
        }
    }

    /** Closes the gate; completes when the last open write has ended. */
    CompletableFuture<Void> close() {
        ArrayDeque<CompletableFuture<Void>> refused;
        boolean empty;
        synchronized (this) {
            closed = true;
            refused = new ArrayDeque<>(waiting);
            waiting.clear();
            empty = open == 0;
        }
        refused.forEach(turn -> turn.completeExceptionally(closedException()));
        if (empty) {
            drained.complete(null);
        }
        return drained;
    }

    private static IOException closedException() {
        return new IOException("the writer is closed and takes no new writes");
    }
}
