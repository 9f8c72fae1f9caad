package io.parallelwrite.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the thread of a {@link BackgroundRepairer} is to do next, and what has become of what it began.
 *
 * <p>Methods that begin with {@code await}, and {@link #stop}, block until that is so; the others return at once. Thread-safe.
 * Lock order: nothing foreign but a timer is called under the lock.
 */
final class RepairControl {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // mutable, guarded by lock
    private final List<RepairCrew.Ended> ended = new ArrayList<>(); // what the thread has not taken yet
    private boolean running;
    private boolean woken;
    private boolean paused;
    private boolean stopping;
    private boolean recovered;
    private boolean idle;

    /** Starts a thread unless there is one, which then goes on although it was to end. */
    void start(Runnable starting) {
        lock.lock();
        try {
            stopping = false; // seen by a thread that has not noticed yet that it was to end
            if (!running) {
                recovered = false;
                woken = true;
                starting.run();
                running = true;
            }
        } finally {
            lock.unlock();
        }
    }

    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll(); // wakes the thread, and who waits for it
        } finally {
            lock.unlock();
        }
    }

    private boolean ask(BooleanSupplier question) {
        lock.lock();
        try {
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        change(() -> woken = true);
    }

    void pause() {
        change(() -> paused = true);
    }

    void unpause() {
        change(() -> {
            woken |= paused;
            paused = false;
        });
    }

    void handBack(RepairCrew.Ended done) {
        change(() -> ended.add(done));
    }

    void recovered() {
        change(() -> recovered = true);
    }

    boolean isPaused() {
        return ask(() -> paused);
    }

    boolean isRunning() {
        return ask(() -> running);
    }

    /** Tells whether the thread waits, and nothing has been begun that has not ended. */
    boolean isIdle() {
        return ask(() -> idle && !woken);
    }

    boolean awaitRecovery(Duration limit) {
        return await(limit, () -> recovered); // until the thread has come to all there was
    }

    boolean stop(Duration limit) {
        change(() -> stopping = true);
        return await(limit, () -> !running); // until the thread has ended
    }

    private boolean await(Duration limit, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something to do. For the thread.
     *
     * @param busy whether it has begun something whose end it has not taken
     * @param ending what it does last, before another may start
     * @return {@code false} if it is to end, and counts as ended
     */
    boolean awaitWork(boolean busy, Runnable ending) {
        lock.lock();
        try {
            while (ended.isEmpty() && (stopping ? busy : paused || !woken)) {
                idle = !busy;
                changed.awaitUninterruptibly(); // until it is woken, an attempt ends, it goes on after a pause, or
                // stops
            }
            idle = false;
            if (stopping && !busy) {
                ending.run();
                running = false;
                changed.signalAll(); // wakes who waits for the end
                return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the journal is to be gone through now, which is then no more to be done. For the thread. */
    boolean takeWake() {
        return ask(() -> {
            boolean may = woken && mayGoOn();
            woken &= !may;
            return may;
        });
    }

    /** Returns what has been handed back since. For the thread. */
    List<RepairCrew.Ended> takeEnded() {
        lock.lock();
        try {
            List<RepairCrew.Ended> taken = List.copyOf(ended);
            ended.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean mayGoOn() {
        return ask(() -> !stopping && !paused);
    }

    /**
     * Waits for a change of anything, as the end of an attempt or an alarm. For the thread.
     *
     * @param alarm sets an alarm that changes something, and returns what cancels it; called under the lock, so that it is
     *     heard
     * @param wait whether to wait, asked after the alarm was set: its time may have come before
     */
    @SuppressWarnings("WaitNotInLoop") // the loop is that of its caller
    void awaitChange(Supplier<Runnable> alarm, BooleanSupplier wait) {
        lock.lock();
        try {
            Runnable cancelAlarm = alarm.get();
            if (ended.isEmpty() && !stopping && !paused && wait.getAsBoolean()) {
                changed.awaitUninterruptibly(); // until the alarm, the end of an attempt, a pause or the stop
            }
            cancelAlarm.run();
        } finally {
            lock.unlock();
        }
    }
}
