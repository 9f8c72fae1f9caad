package io.parallelwrite.repair;

import io.parallelwrite.divergence.LeftOver;
import io.parallelwrite.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Sweeps in the background: what is noted at the start, when a write leaves something behind, and again while a target is
 * away; what is old at the start and once in each {@link SweepSettings#period()}.
 *
 * <p><b>Threads.</b> One daemon thread for each target, as long as there is something to do there, so that a target that hangs
 * keeps no other waiting. It blocks as the {@link Sweeper} does and is never interrupted: stopping waits for the left-over it
 * is at, or leaves it to end on its own. Nothing it meets ends it before it has set the next alarm.
 *
 * <p>Thread-safe. Lock order: that of this class is never held while a target, the notes or a listener is called.
 */
public final class BackgroundSweeper {

    private static final Log log = LogFactory.getLog(Sweeper.class);

    // immutable
    private final Sweeper sweeper;
    private final List<TargetSweeps> targets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // mutable, guarded by lock
    private boolean started;
    private int runningCount;

    // written under the lock, read by sweeps
    private volatile boolean stopping;

    /**
     * Creates a sweeper that has not been started.
     *
     * @param sweeper sweeps single targets; its settings say when
     */
    public BackgroundSweeper(Sweeper sweeper) {
        this(sweeper, RandomGenerator.getDefault());
    }

    BackgroundSweeper(Sweeper sweeper, RandomGenerator random) {
        this.sweeper = sweeper;
        this.targets = sweeper.targets().stream()
                .map(target -> new TargetSweeps(
                        target, new RepairBackOff(sweeper.settings().pace(), random)))
                .toList();
        sweeper.notes().whenLeftBehind(() -> targets.forEach(TargetSweeps::wakeNoted));
    }

    /** Starts: looks for what is noted, and for what is old. Returns at once. Does nothing while it runs. */
    public void start() {
        lock.lock();
        try {
            if (started && !stopping) {
                return;
            }
            started = true;
            stopping = false; // seen by threads that have not noticed yet that they were to end: they go on
        } finally {
            lock.unlock();
        }
        List<LeftOver> unreachable = sweeper.unreachable();
        if (!unreachable.isEmpty()) {
            log.warn("There are " + unreachable.size() + " left-overs where no target is any more, as "
                    + unreachable.get(0) + "; they are noted until one is there again");
        }
        targets.forEach(TargetSweeps::wakeAll);
    }

    /**
     * Stops after the left-overs that are being discarded.
     *
     * @param limit how long to wait for that
     * @return {@code true} if it has stopped; {@code false} after the limit, or if the calling thread was interrupted: its
     *     flag stays set. It then stops as soon as the targets have answered
     */
    public boolean stop(Duration limit) {
        lock.lock();
        try {
            stopping = true; // seen by the threads
            targets.forEach(TargetSweeps::cancelAlarms);
            long left = limit.toNanos();
            while (runningCount > 0 && left > 0) {
                left = changed.awaitNanos(left); // until the last thread has ended
            }
            return runningCount == 0;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells whether it has been started and not been stopped.
     *
     * @return {@code true} as long as something may still be discarded
     */
    public boolean isRunning() {
        lock.lock();
        try {
            return (started && !stopping) || runningCount > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether no thread is at work; for tests. */
    boolean isIdle() {
        lock.lock();
        try {
            return runningCount == 0;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be done at one target, and the thread that does it. */
    private final class TargetSweeps {

        // immutable
        private final Target target;

        // used by its thread, one after the other
        private final RepairBackOff backOff;

        // mutable, guarded by lock
        private boolean running;
        private boolean notedDue;
        private boolean agedDue;
        private Runnable cancelNoted = () -> {};
        private Runnable cancelAged = () -> {};

        TargetSweeps(Target target, RepairBackOff backOff) {
            this.target = target;
            this.backOff = backOff;
        }

        void wakeAll() {
            wake(true, true);
        }

        void wakeNoted() {
            wake(true, false);
        }

        private void wake(boolean noted, boolean aged) {
            lock.lock();
            try {
                notedDue |= noted; // seen by the thread before it ends
                agedDue |= aged;
                if (started && !stopping && !running) {
                    Thread thread = new Thread(this::run, "parallel-write-sweep-" + target.name());
                    thread.setDaemon(true);
                    thread.start();
                    running = true;
                    runningCount++;
                }
            } finally {
                lock.unlock();
            }
        }

        /** Called with the lock held. */
        void cancelAlarms() {
            cancelNoted.run();
            cancelAged.run();
        }

        private void run() {
            while (hasWork()) {
                try {
                    if (take(true)) {
                        sweepNoted();
                    }
                    if (take(false)) {
                        sweep(() -> sweeper.sweepAged(target, () -> stopping));
                        alarm(sweeper.settings().period(), false);
                    }
                } catch (RuntimeException | Error ex) { // no memory for an alarm: the thread must go on to its end
                    log.error("What is left over at '" + target.name() + "' is not looked for until something is", ex);
                }
            }
        }

        /** Returns how many could not be discarded; one, if something went wrong that nobody expected. */
        private long sweep(Supplier<SweepOutcome> sweep) {
            try {
                return sweep.get().failed();
            } catch (RuntimeException | Error ex) { // the next alarm must be set
                log.error("What is left over at '" + target.name() + "' could not be looked for", ex);
                return 1;
            }
        }

        private boolean hasWork() {
            lock.lock();
            try {
                boolean work = !stopping && (notedDue || agedDue);
                if (!work) {
                    running = false;
                    runningCount--;
                    changed.signalAll(); // wakes who waits for the end
                }
                return work;
            } finally {
                lock.unlock();
            }
        }

        private boolean take(boolean noted) {
            lock.lock();
            try {
                boolean due = noted ? notedDue : agedDue;
                notedDue &= !noted;
                agedDue &= noted;
                return due;
            } finally {
                lock.unlock();
            }
        }

        private void sweepNoted() {
            long failed = sweep(() -> sweeper.sweepNoted(target, () -> stopping));
            String name = target.name();
            long now = sweeper.timer().nanoTime();
            if (failed > 0) {
                backOff.failed(name, now, Set.of());
            } else {
                backOff.forget(name);
            }
            Duration next = Duration.ofNanos(backOff.nextNanos().orElse(now) - now);
            (failed > 0 ? Optional.of(next) : sweeper.untilDue(target)).ifPresent(delay -> {
                if (delay.isZero()) {
                    wakeNoted(); // this thread goes on
                } else {
                    alarm(delay, true);
                }
            });
        }

        private void alarm(Duration delay, boolean noted) {
            lock.lock();
            try {
                if (stopping) {
                    return;
                }
                (noted ? cancelNoted : cancelAged).run();
                Runnable cancel = sweeper.timer().schedule(delay, () -> wake(noted, !noted));
                if (noted) {
                    cancelNoted = cancel;
                } else {
                    cancelAged = cancel;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
