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

    /** Asks for help with a round. Each helper asks for two more while handles are left, so that many come soon. */
    void help(HandleRound<?> round) {
        try {
            executor.execute(() -> {
                for (int i = 0; i < 2 && round.hasUntaken(); i++) {
                    help(round);
                }
                while (round.callNext()) {
                    // until none is left
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError ex) {
            // Closed, or no thread can be started. The round is not lost: whoever works on it takes one handle after
            // the
            // other, and without anyone its deadline says that the calls never began.
        }
    }

    /** Sets how many there may be; tasks that wait begin at once if it is more than before. */
    void limitTo(int limit) {
        executor.setMaximumPoolSize(Math.max(limit, executor.getMaximumPoolSize()));
        executor.setCorePoolSize(limit);
    }

    /** Lets each worker end with what it is doing and what waits. */
    void close() {
        executor.shutdown();
    }
}
