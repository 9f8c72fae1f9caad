package io.parallelwrite.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The running deadline of one lane.
 *
 * <p>Restarting it, which happens for every chunk, is two writes: an alarm that is already set is left alone and, when it
 * goes off too early, sets itself again for the rest. Only a deadline that ends before the alarm replaces it.
 *
 * <p>Thread-safe.
 */
final class LaneClock {

    // immutable
    private final DeadlineTimer timer;
    private final Runnable expired;

    // mutable, guarded by this
    private boolean runs;
    private long deadlineNanos;
    private long alarmNanos;
    private @Nullable Runnable cancelAlarm;

    LaneClock(DeadlineTimer timer, Runnable expired) {
        this.timer = timer;
        this.expired = expired;
    }

    synchronized void restart(Duration limit) {
        long now = timer.nanoTime();
        runs = true;
        deadlineNanos = now + limit.toNanos();
        if (cancelAlarm == null || deadlineNanos - alarmNanos < 0) {
            set(now);
        }
    }

    synchronized void stop() {
        runs = false; // the alarm stays and finds nothing to do, or serves the next restart
    }

    /** Ends the clock for good. */
    synchronized void close() {
        runs = false;
        if (cancelAlarm != null) {
            cancelAlarm.run();
            cancelAlarm = null;
        }
    }

    private void set(long now) {
        if (cancelAlarm != null) {
            cancelAlarm.run();
        }
        alarmNanos = deadlineNanos;
        cancelAlarm = timer.schedule(Duration.ofNanos(deadlineNanos - now), this::ring);
    }

    private void ring() {
        synchronized (this) {
            cancelAlarm = null;
            if (!runs) {
                return;
            }
            long now = timer.nanoTime();
            if (now - deadlineNanos < 0) {
                set(now);
                return;
            }
            runs = false;
        }
        expired.run();
    }
}
