package io.parallelwrite.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One target's share of the workers.
 *
 * <p>Lanes that have something to do queue here; at most {@code share} of them hold a worker at once, so that a target
 * whose calls hang cannot hold the workers of the others. Each turn is a separate task of the executor: with a single
 * worker the targets still take turns. When as many calls as the share have been given up and not returned, lanes that
 * have not begun are refused at once instead of waiting for their deadline.
 *
 * <p>Thread-safe. Never blocks.
 */
final class TargetWorkers {

    /** What a lane does with its turn. */
    interface Turn {

        /** Runs on a worker; must return when it has nothing to do. */
        void run();

        /** Asked when the target seems to hang. Returns whether the lane, having begun, waits for its turn all the same. */
        boolean insists(IOException reason);

        /** Called instead of {@link #run()} when there will be no worker at all. */
        void lost(IOException reason);
    }

    /** Hears that the target hangs; called outside the monitor. Must be quick. */
    @FunctionalInterface
    interface Owner {

        /** As many calls as the share have been given up and not returned. */
        void stuck(int callCount, IOException failure);
    }

    // immutable
    private final String target;
    private final Executor executor;
    private final int share;
    private final Owner owner;

    // mutable, guarded by this
    private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
    private int running;
    private int abandoned;

    TargetWorkers(String target, Executor executor, int share, Owner owner) {
        this.target = target;
        this.executor = executor;
        this.share = share;
        this.owner = owner;
    }

    /** Gives a lane a turn, now or when a worker of this share is free. */
    void execute(Turn turn) {
        boolean stuck;
        synchronized (this) {
            stuck = abandoned >= share;
        }
        if (stuck && !turn.insists(stuckException())) {
            return;
        }
        synchronized (this) {
            if (running >= share) {
                waiting.add(turn); // taken over by the worker that finishes next
                return;
            }
            running++;
        }
        startOneOf(turn);
    }

    private IOException stuckException() {
        return new IOException(share + " calls to target '" + target
                + "' have not returned since their deadlines passed, and no more are started until one does;"
                + " see whether its device or service hangs");
    }

    /** Starts this turn or, if the executor takes none, lets it and all that wait go without. */
    private void startOneOf(@Nullable Turn first) {
        Turn turn = first;
        while (turn != null && !start(turn)) {
            turn = next();
        }
    }

    private boolean start(Turn turn) {
        try {
            executor.execute(() -> {
                try {
                    turn.run();
                } finally {
                    startOneOf(next());
                }
            });
            return true;
        } catch (Throwable ex) { // a full or closed executor, or no memory for a thread
            turn.lost(new IOException("the executor takes no more work: is the application shutting down?", ex));
            return false;
        }
    }

    private synchronized @Nullable Turn next() {
        Turn turn = waiting.poll();
        if (turn == null) {
            running--;
        }
        return turn;
    }

    /** A call was given up at its deadline; it still holds its worker or its target's attention. */
    void callAbandoned() {
        List<Turn> asked = List.of();
        boolean stuck;
        synchronized (this) {
            stuck = ++abandoned >= share;
            if (stuck) {
                asked = List.copyOf(waiting);
                waiting.clear();
            }
        }
        if (stuck) {
            owner.stuck(share, stuckException()); // from here on, writes do without the target
        }
        asked.forEach(this::execute); // those that have begun queue again
    }

    /** A call that had been given up has returned. */
    synchronized void callReturned() {
        abandoned--;
    }

    /** Returns how many calls have been given up and not returned. */
    synchronized int abandonedCount() {
        return abandoned;
    }
}
