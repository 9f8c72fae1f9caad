package io.parallelwrite.repair;

import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Repairs what is in the journal, on a thread of its own: what a crash left at the start, and then what diverges.
 *
 * <p><b>When.</b> It goes through the journal when started, when a write leaves a divergence behind, when an entry that
 * failed is due again, and at least every {@link RepairSettings#longestDelay()}. An entry that fails is left alone for a
 * time that doubles with each failure, unless a target it waits for takes something else meanwhile: then the target is well
 * again, and all that waits for it is due. An entry that waits only for targets that are {@linkplain TargetState#OUT out} is
 * not tried; it is due when one of them takes writes again.
 *
 * <p><b>How fast.</b> One entry at a time, so many in a second; right after the start as many as it can, for a limited time,
 * because that is recovery.
 *
 * <p><b>Threads.</b> One daemon thread, which blocks as the {@link Repairer} does and is never interrupted: stopping waits
 * for the entry it is at, or leaves it to end on its own. Nothing it meets ends it; what fails is logged and tried again.
 *
 * <p>Thread-safe. Lock order: that of this class is never held while a target, the journal or a listener is called.
 */
public final class BackgroundRepairer {

    private static final Log log = LogFactory.getLog(BackgroundRepairer.class);

    private static final double NANOS_PER_SECOND = 1e9;

    // immutable
    private final Repairer repairer;
    private final RepairSettings settings;
    private final DeadlineTimer timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> returned =
            ConcurrentHashMap.newKeySet(); // targets that take writes again since the last pass

    // used by the thread, one after the other
    private final RepairBackOff backOff;

    // mutable, guarded by lock
    private @Nullable Thread thread;
    private boolean woken;
    private boolean paused;
    private boolean stopping;
    private boolean recovered;
    private boolean idle;

    // written under the lock before the thread starts, and then by it alone
    private long recoveryEndNanos;
    private long nextSlotNanos;

    /**
     * Creates a repairer that has not been started.
     *
     * @param repairer repairs single entries; its settings say when
     */
    public BackgroundRepairer(Repairer repairer) {
        this(repairer, RandomGenerator.getDefault());
    }

    BackgroundRepairer(Repairer repairer, RandomGenerator random) {
        this.repairer = repairer;
        this.settings = repairer.settings();
        this.timer = repairer.timer();
        this.backOff = new RepairBackOff(settings, random);
        repairer.decisions().whenDiverged(entry -> wake());
        repairer.whenTargetsChange(change -> {
            if (change.previous() == TargetState.OUT) {
                returned.add(change.target());
                wake();
            }
        });
    }

    /** Starts, with a recovery pass through the journal. Returns at once. Does nothing while it runs. */
    public void start() {
        lock.lock();
        try {
            stopping = false; // seen by a thread that has not noticed yet that it was to end: it goes on
            if (thread == null) {
                recovered = false;
                woken = true;
                recoveryEndNanos = timer.nanoTime() + settings.recoveryTime().toNanos();
                nextSlotNanos = timer.nanoTime();
                thread = new Thread(this::run, "parallel-write-repair");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the recovery pass has come to every entry there was at the start, whatever became of it.
     *
     * @param limit how long to wait at most; recovery goes on after that
     * @return {@code true} if it has; {@code false} after the limit, or if the thread was interrupted: its flag stays set
     */
    public boolean awaitRecovery(Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!recovered && left > 0) {
                left = changed.awaitNanos(left); // until the thread has ended its first pass
            }
            return recovered;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Has the journal gone through soon. Returns at once. */
    public void wake() {
        change(() -> woken = true);
    }

    /** Pauses after the entry that is being repaired. Returns at once. */
    public void pause() {
        change(() -> paused = true);
    }

    /** Goes on after a pause. Returns at once. */
    public void unpause() {
        change(() -> {
            woken |= paused;
            paused = false;
        });
    }

    /**
     * Tells whether it is paused.
     *
     * @return {@code true} from {@link #pause()} to {@link #unpause()}
     */
    public boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops after the entry that is being repaired.
     *
     * @param limit how long to wait for that
     * @return {@code true} if it has stopped; {@code false} after the limit, or if the calling thread was interrupted: its
     *     flag stays set. It then stops as soon as the targets have answered
     */
    public boolean stop(Duration limit) {
        change(() -> stopping = true);
        lock.lock();
        try {
            long left = limit.toNanos();
            while (thread != null && left > 0) {
                left = changed.awaitNanos(left); // until the thread has ended
            }
            return thread == null;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells whether it has been started and has not stopped.
     *
     * @return {@code true} as long as something may still be repaired
     */
    public boolean isRunning() {
        lock.lock();
        try {
            return thread != null;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether it waits for something to do, with its alarm set; for tests. */
    boolean isIdle() {
        lock.lock();
        try {
            return idle && !woken;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll(); // wakes the thread, and who waits for it
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Runnable cancelAlarm = () -> {};
        while (awaitWork()) {
            cancelAlarm.run();
            boolean whole = passLogged();
            change(() -> recovered |= whole);
            cancelAlarm = timer.schedule(untilNextPass(whole), this::wake);
        }
        cancelAlarm.run();
    }

    /** Waits until there is something to do; {@code false} if the thread is to end. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!stopping && (paused || !woken)) {
                idle = true;
                changed.awaitUninterruptibly(); // until it is woken, goes on after a pause, or stops
            }
            idle = false;
            woken = false;
            if (stopping) {
                thread = null;
                changed.signalAll(); // wakes who waits for the end
                return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Duration untilNextPass(boolean lastWasWhole) {
        long shortest = lastWasWhole ? 0 : settings.firstDelay().toNanos();
        long longest = settings.longestDelay().toNanos();
        long now = timer.nanoTime();
        long next = backOff.nextNanos().orElse(now + longest);
        return Duration.ofNanos(Math.max(shortest, Math.min(longest, next - now)));
    }

    private boolean passLogged() {
        try {
            return pass();
        } catch (RuntimeException | Error ex) { // the thread must live, or nothing is repaired any more
            log.error("The journal could not be gone through; it will be tried again", ex);
            return false;
        }
    }

    /** Goes through the journal; tells whether to the end. */
    private boolean pass() {
        for (String target : Set.copyOf(returned)) {
            returned.remove(target);
            backOff.targetIsWell(target, timer.nanoTime());
        }
        Map<TargetPath, JournalEntry> newest = new LinkedHashMap<>();
        repairer.journal().entries().forEach(entry -> newest.put(entry.path(), entry)); // the last of a path stays
        backOff.keepOnly(newest.values().stream().map(JournalEntry::id).collect(Collectors.toSet()));
        for (JournalEntry entry : newest.values()) {
            if (repairer.waitsForTargetsThatAreOut(entry)) {
                backOff.forget(entry.id()); // due when one of them is back, and no alarm before
            } else if (backOff.isDue(entry.id(), timer.nanoTime())) {
                if (!awaitTurn()) {
                    return false;
                }
                attempt(entry);
            }
        }
        return true;
    }

    /** Waits until the rate allows the next entry; {@code false} if it is to stop or pause instead. */
    private boolean awaitTurn() {
        boolean atOnce = inRecovery(); // asked once: without an alarm, nothing ends a wait that begins later
        long wait = atOnce ? 0 : nextSlotNanos - timer.nanoTime();
        Runnable cancelAlarm = wait > 0 ? timer.schedule(Duration.ofNanos(wait), () -> change(() -> {})) : () -> {};
        lock.lock();
        try {
            while (!stopping && !paused && !atOnce && nextSlotNanos - timer.nanoTime() > 0) {
                changed.awaitUninterruptibly(); // until the alarm, a pause or the stop
            }
            nextSlotNanos = timer.nanoTime() + (long) (NANOS_PER_SECOND / settings.entriesPerSecond());
            return !stopping && !paused;
        } finally {
            lock.unlock();
            cancelAlarm.run();
        }
    }

    private boolean inRecovery() {
        return recoveryEndNanos - timer.nanoTime() > 0;
    }

    private void attempt(JournalEntry entry) {
        try {
            RepairOutcome outcome = repairer.repair(entry);
            while (outcome instanceof RepairOutcome.RolledBack) {
                outcome = repairer.repair(entry); // an earlier entry counts again
            }
            take(outcome);
        } catch (IOException | RuntimeException | Error ex) { // the next entry may be repaired
            log.warn("'" + entry.path() + "' could not be repaired, and will be tried again", ex);
            backOff.failed(entry.id(), timer.nanoTime(), Set.of());
        }
    }

    private void take(RepairOutcome outcome) {
        String id = outcome.entry().id();
        long now = timer.nanoTime();
        if (outcome instanceof RepairOutcome.Settled) {
            backOff.forget(id);
        } else {
            backOff.failed(id, now, namesOf(outcome, target -> !target.done()));
        }
        for (String well : namesOf(outcome, target -> target.done() && target.action() != TargetRepair.Action.NONE)) {
            if (backOff.targetIsWell(well, now)) {
                wake();
            }
        }
    }

    private static Set<String> namesOf(RepairOutcome outcome, Predicate<TargetRepair> which) {
        return outcome.targets().stream()
                .filter(which)
                .map(TargetRepair::target)
                .collect(Collectors.toSet());
    }
}
