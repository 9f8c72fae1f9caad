package io.parallelwrite.repair;

import io.parallelwrite.stream.DeadlineTimer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.util.unit.DataSize;

/**
 * Says when a pass may go on with its next path: not while it is paused, not after it was stopped, and not faster than its
 * rates. Thread-safe; one thread runs the pass.
 */
final class PassControl {

    /** What comes next. */
    enum Turn {
        /** The next path. */
        GO,
        /** Nothing, for a while. */
        PAUSE,
        /** The end. */
        END
    }

    // immutable
    private final DeadlineTimer timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // mutable, guarded by lock
    private boolean paused;
    private boolean stopping;
    private final RateLimit objects;
    private final RateLimit bytes;

    PassControl(ScrubSettings settings, DeadlineTimer timer) {
        DataSize bytesPerSecond = settings.bytesPerSecond();
        this.timer = timer;
        this.objects = new RateLimit(settings.objectsPerSecond(), timer.nanoTime());
        this.bytes = new RateLimit(bytesPerSecond == null ? null : bytesPerSecond.toBytes(), timer.nanoTime());
    }

    void pause(boolean wanted) {
        change(() -> paused = wanted);
    }

    void stop() {
        change(() -> stopping = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll(); // wakes the thread that runs the pass
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next path may be begun, or it is paused, or the pass is to end, also because of an interrupt. */
    Turn awaitTurn() {
        return await(false);
    }

    /** Waits until the next path may be begun or the pass is to end, whether or not it is paused meanwhile. */
    Turn awaitTurnThroughPauses() {
        return await(true);
    }

    private Turn await(boolean throughPauses) {
        lock.lock();
        try {
            while (!stopping && (throughPauses || !paused) && isHeldUp()) {
                awaitChange();
            }
            boolean end = stopping || Thread.currentThread().isInterrupted();
            return end ? Turn.END : paused ? Turn.PAUSE : Turn.GO;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return Turn.END;
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeldUp() {
        return paused || waitNanos() > 0;
    }

    private long waitNanos() {
        long now = timer.nanoTime();
        return Math.max(objects.waitNanos(now), bytes.waitNanos(now));
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is that of its caller
    private void awaitChange() throws InterruptedException {
        long wait = waitNanos();
        Runnable cancelAlarm = wait > 0 ? timer.schedule(Duration.ofNanos(wait), () -> change(() -> {})) : () -> {};
        try {
            if (isHeldUp()) { // asked again: the time may have come before the alarm was set
                changed.await(); // until the alarm, a pause or its end, or the stop
            }
        } finally {
            cancelAlarm.run();
        }
    }

    /** Notes that a path was begun, and how many bytes will be read for it. */
    void begun(long byteCount) {
        lock.lock();
        try {
            long now = timer.nanoTime();
            objects.take(1, now);
            bytes.take(byteCount, now);
        } finally {
            lock.unlock();
        }
    }
}
