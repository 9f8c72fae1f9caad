package io.parallelwrite.stream;

import java.time.Duration;

/**
 * How much longer one target may hold up the caller of one write: a clock that stands still while it does not.
 *
 * <p>Guarded by its {@link LagWatch}.
 */
final class Patience {

    private final DeadlineTimer timer;
    private final Duration whole;
    private final LaneClock clock;

    // mutable
    private long leftNanos;
    private long sinceNanos;
    private boolean wears;

    /** Calls {@code over} on the alarm's thread, without any lock, when it may be over; ask {@link #isOver()}. */
    Patience(DeadlineTimer timer, Duration whole, Runnable over) {
        this.timer = timer;
        this.whole = whole;
        this.clock = new LaneClock(timer, over);
        this.leftNanos = whole.toNanos();
    }

    Duration whole() {
        return whole;
    }

    /** The target holds up the caller from now on, or does not. */
    void wear(boolean held) {
        if (held == wears) {
            return;
        }
        wears = held;
        long now = timer.nanoTime();
        if (held) {
            sinceNanos = now;
            clock.restart(Duration.ofNanos(leftNanos));
        } else {
            leftNanos = Math.max(0, leftNanos - (now - sinceNanos));
            clock.stop();
        }
    }

    boolean isOver() {
        return wears && timer.nanoTime() - sinceNanos >= leftNanos;
    }

    void close() {
        wears = false;
        clock.close();
    }
}
