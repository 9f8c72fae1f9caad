package io.parallelwrite.stream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The gate before a write: counts the open ones, lets others wait for their turn, and closes for good.
 *
 * <p>Thread-safe. Never blocks: waiting is done on the futures.
 */
final class Admission {

    private final int places;
    private final String tooLate;

    // mutable, guarded by this
    private final WaitingLine line;
    private int open;
    private int unended;
    private boolean closed;

    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    Admission(EngineSettings settings, DeadlineTimer timer) {
        places = settings.maxOpenWrites();
        tooLate = places + " writes are open, the most allowed at once, and none ended within "
                + settings.admission().toMillis() + " ms; close streams that are not needed, or allow more";
        line = new WaitingLine(timer, settings.admission());
    }

    /** Completes when the write may begin; fails when its turn did not come in time, or the gate is closed. */
    synchronized CompletableFuture<Void> enter() {
        if (closed) {
            return CompletableFuture.failedFuture(closedException());
        }
        if (open < places) {
            open++;
            unended++;
            return CompletableFuture.completedFuture(null);
        }
        return line.join(tooLate);
    }

    /** Takes back a request to enter; leaves if the turn has come already. */
    void cancel(CompletableFuture<Void> turn, IOException reason) {
        if (!turn.completeExceptionally(reason) && !turn.isCompletedExceptionally()) {
            leave();
            end();
        }
    }

    /** A write gives its place to the next. */
    synchronized void leave() {
        if (line.admitNext()) {
            unended++;
        } else {
            open--;
        }
    }

    /** The last listener has heard of a write that has left. */
    void end() {
        boolean empty;
        synchronized (this) {
            unended--;
            empty = closed && unended == 0;
        }
        if (empty) {
            drained.complete(null); // the thread that closes the engine goes on
        }
    }

    /** Closes the gate; completes when the last open write has ended. */
    CompletableFuture<Void> close() {
        boolean empty;
        synchronized (this) {
            closed = true;
            line.refuseAll(closedException());
            empty = unended == 0;
        }
        if (empty) {
            drained.complete(null);
        }
        return drained;
    }

    CompletableFuture<Void> drained() {
        return drained.copy();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private static IOException closedException() {
        return new IOException("the writer is closed and takes no new writes");
    }
}
