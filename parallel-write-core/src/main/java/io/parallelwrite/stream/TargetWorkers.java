package io.parallelwrite.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One target's share of the workers.
 *
 * <p>Lanes that have something to do queue here; at most {@code share} of them hold a worker at once, so that a target
 * whose calls hang cannot hold the workers of the others. Each turn is a separate task of the executor: with a single
 * worker the targets still take turns.
 *
 * <p>Thread-safe. Never blocks.
 */
final class TargetWorkers {

    /** What a lane does with its turn. */
    interface Turn {

        /** Runs on a worker; must return when it has nothing to do. */
        void run();

        /**
         * Called instead of {@link #run()} when the target is given no more work. Returns whether something is left that
         * must be done all the same, because it cleans up; {@link #run()} is then called for it later.
         */
        boolean refused(IOException reason);

        /** Called instead of {@link #run()} when there will be no worker at all. */
        void lost(IOException reason);
    }

    // immutable
    private final String target;
    private final Executor executor;
    private final int share;

    // mutable, guarded by this
    private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
    private int running;
    private int abandoned;

    TargetWorkers(String target, Executor executor, int share) {
        this.target = target;
        this.executor = executor;
        this.share = share;
    }

    /** Gives a lane a turn, now or when a worker of this share is free. */
    void execute(Turn turn) {
        boolean stuck;
        synchronized (this) {
            stuck = abandoned >= share;
        }
        if (stuck
                && !turn.refused(new IOException(share + " calls to target '" + target
                        + "' have not returned since their deadlines passed, and no more are started until one does;"
                        + " see whether its device or service hangs"))) {
            return;
        }
        synchronized (this) {
            if (running >= share) {
                waiting.add(turn); // taken over by the worker that finishes next, in next()
                return;
            }
            running++;
        }
        start(turn);
    }

    private void start(Turn turn) {
        try {
            executor.execute(() -> {
                try {
                    turn.run();
                } finally {
                    next();
                }
            });
        } catch (RejectedExecutionException ex) {
            turn.lost(new IOException("the executor takes no more work: is the application shutting down?", ex));
            next();
        }
    }

    private void next() {
        Turn turn;
        synchronized (this) {
            turn = waiting.poll();
            if (turn == null) {
                running--;
                return;
            }
        }
        start(turn);
    }

    /** A call was given up at its deadline; it still holds its worker or its target's attention. */
    void callAbandoned() {
        List<Turn> refused = List.of();
        synchronized (this) {
            if (++abandoned >= share) {
                refused = List.copyOf(waiting);
                waiting.clear();
            }
        }
        refused.forEach(this::execute); // refuses them, unless a call has returned meanwhile
    }

    /** A call that had been given up has returned. */
    synchronized void callReturned() {
        abandoned--;
    }
}
