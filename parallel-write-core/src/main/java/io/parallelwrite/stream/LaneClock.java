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
    private boolean keepsAlarm = true;
    private long deadlineNanos;
    private @Nullable Alarm alarm;

    /** An alarm that is set; a new object for each, so that one that rings late is not taken for its successor. */
    private static final class Alarm {
        private final long dueNanos;
        private Runnable cancel = () -> {};

        private Alarm(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    LaneClock(DeadlineTimer timer, Runnable expired) {
        this.timer = timer;
        this.expired = expired;
    }

    synchronized void restart(Duration limit) {
        long now = timer.nanoTime();
        runs = true;
        deadlineNanos = now + limit.toNanos();
        if (alarm == null || deadlineNanos - alarm.dueNanos < 0) {
            set(now);
        }
    }

    synchronized boolean runs() {
        return runs;
    }

    synchronized void stop() {
        runs = false; // an alarm that is kept finds nothing to do, or serves the next restart
        if (!keepsAlarm) {
            cancelAlarm();
        }
    }

    /** From the next stop on, the alarm goes when the clock stops: a restart is not likely any more. */
    synchronized void keepNoAlarm() {
        keepsAlarm = false;
    }

    /** Ends the clock until the next restart, and takes back its alarm. */
    synchronized void close() {
        runs = false;
        cancelAlarm();
    }

    /** Guarded by this. */
    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel.run();
            alarm = null;
        }
    }

    private void set(long now) {
        cancelAlarm();
        Alarm next = new Alarm(deadlineNanos);
        alarm = next;
        next.cancel = timer.schedule(Duration.ofNanos(deadlineNanos - now), () -> ring(next));
    }

    private void ring(Alarm rung) {
        synchronized (this) {
            if (alarm != rung) {
                return;
            }
            alarm = null;
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
