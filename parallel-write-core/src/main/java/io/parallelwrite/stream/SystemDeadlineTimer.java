package io.parallelwrite.stream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The timer on the system's clock. Its one thread only runs alarms, so it starts with the first of them, and ends when there
 * has been none for a while.
 */
final class SystemDeadlineTimer implements DeadlineTimer {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor alarms;

    SystemDeadlineTimer() {
        alarms = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, "parallel-write-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        alarms.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        alarms.allowCoreThreadTimeOut(true); // as long as an alarm is set, it stays
        alarms.setRemoveOnCancelPolicy(true);
        // Alarms that are set when the writer is closed still ring: a thread may wait for a read. No more are set then.
        alarms.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable alarm) {
        Future<?> scheduled = alarms.schedule(alarm, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        alarms.shutdown();
    }
}
