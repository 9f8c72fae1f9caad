package io.parallelwrite.handle;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that help the caller. They start when they are asked for, end when they have been idle for a while or are
 * closed, and are never interrupted.
 *
 * <p>Thread-safe. Never blocks.
 */
final class HandleWorkers {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor executor;

    /** Creates the workers; none has started. */
    HandleWorkers(int limit) {
        executor = new ThreadPoolExecutor(
                limit, limit, IDLE.toNanos(), TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "parallel-write-handles");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Asks for one worker to come to a round. */
    void help(HandleRound<?> round) {
        execute(() -> work(round));
    }

    /** Takes handles until none is left. As long as some are, each who comes asks for two more, so that many come soon. */
    void work(HandleRound<?> round) {
        for (int i = 1; i <= 2 && executor.getMaximumPoolSize() > 1 && round.untakenCount() > i; i++) {
            help(round);
        }
        takeAll(round);
    }

    /** Asks for one worker to take handles, or takes them if there is no other. */
    void assist(HandleRound<?> round) {
        if (executor.getMaximumPoolSize() > 1) {
            execute(() -> takeAll(round));
        } else {
            takeAll(round);
        }
    }

    private static void takeAll(HandleRound<?> round) {
        while (round.callNext()) {
            // until none is left
        }
    }

    /**
     * Runs something on a worker, when one is free.
     *
     * @return {@code false} if there will be none: the workers are closed, or no thread can be started. No round is lost for
     *     that: whoever works on it takes one handle after the other, and without anyone its deadline says that the calls
     *     never began
     */
    boolean execute(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError ex) {
            return false;
        }
    }

    /** Allows at least so many; tasks that wait begin at once if it is more than before. */
    void limitTo(int limit) {
        executor.setMaximumPoolSize(Math.max(limit, executor.getMaximumPoolSize()));
        executor.setCorePoolSize(Math.max(limit, executor.getCorePoolSize()));
    }

    /** Lets each worker end with what it is doing and what waits. */
    void close() {
        executor.shutdown();
    }
}
