package io.parallelwrite.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait for a turn, first come, first served, each for a limited time.
 *
 * <p>A turn is a future; whoever completes it first decides: the one who gives the turn, its deadline, or the waiter who
 * gives up. So a turn is never given to somebody who is gone. Guarded by its owner, but for the futures.
 *
 * <p>Who gave up is taken out when the line has become twice as long as it was after the last time: joining costs the same on
 * average, however many wait, and those who are gone are never many more than those who wait.
 */
final class WaitingLine {

    /** A line shorter than that is not gone through. */
    private static final int FEW = 64;

    private final DeadlineTimer timer;
    private final Duration patience;
    private final ArrayDeque<CompletableFuture<Void>> turns = new ArrayDeque<>();
    private int tidyLength = FEW;

    WaitingLine(DeadlineTimer timer, Duration patience) {
        this.timer = timer;
        this.patience = patience;
    }

    /** Joins the line; the turn fails with the given message when it does not come in time. */
    CompletableFuture<Void> join(String tooLate) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        Runnable cancelAlarm = timer.schedule(patience, () -> turn.completeExceptionally(new IOException(tooLate)));
        turn.whenComplete((given, ex) -> cancelAlarm.run());
        if (turns.size() >= tidyLength) {
            turns.removeIf(CompletableFuture::isDone); // those who gave up
            tidyLength = Math.max(FEW, 2 * turns.size());
        }
        turns.add(turn);
        return turn;
    }

    /** Gives the turn to the first who still waits; returns whether there was one. */
    boolean admitNext() {
        CompletableFuture<Void> next;
        while ((next = turns.poll()) != null) {
            if (next.complete(null)) {
                return true; // the caller that waited longest goes on
            }
        }
        return false;
    }

    void refuseAll(IOException reason) {
        turns.forEach(turn -> turn.completeExceptionally(reason));
        turns.clear();
    }

    /** Returns how many turns are kept, those of some who gave up among them. */
    int length() {
        return turns.size();
    }
}
