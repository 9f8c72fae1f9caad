package io.parallelwrite.repair;

import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.target.TargetPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Repairs what is in the journal, on a thread of its own: what a crash left at the start, and then what diverges.
 *
 * <p><b>When.</b> It goes through the journal when started, when a write leaves a divergence behind, when an entry that
 * failed is due again, and at least every {@link RepairSettings#longestDelay()}. An entry that fails is left alone for a
 * time that doubles with each failure, unless a target it waits for takes something else meanwhile: then the target is well
 * again, and all that waits for it is due. An entry that waits only for targets that are {@linkplain TargetState#OUT out} is
 * not tried; it is due when one of them takes writes again.
 *
 * <p><b>How fast.</b> So many entries at once, never two of one path, and so many in a second; right after the start as many
 * as it can, for a limited time, because that is recovery. So many bytes in a second, if that is limited, at any time.
 *
 * <p><b>Threads.</b> One daemon thread decides what is tried and takes what became of it; others, as many as entries are tried
 * at once, block as the {@link Repairer} does. None is ever interrupted: stopping waits for the entries they are at, or leaves
 * them to end on their own. Nothing they meet ends the first one; what fails is logged and tried again.
 *
 * <p>Thread-safe. No lock is held while a target, the journal or a listener is called.
 */
public final class BackgroundRepairer {

    private static final Log log = LogFactory.getLog(BackgroundRepairer.class);

    private static final long NOT_YET = Long.MAX_VALUE;

    // immutable
    private final Repairer repairer;
    private final RepairSettings settings;
    private final DeadlineTimer timer;
    private final RepairControl control = new RepairControl();
    private final Set<String> returned =
            ConcurrentHashMap.newKeySet(); // targets that take writes again since the last pass

    // used by the thread that decides, one after the other
    private final RepairAttempts attempts;
    private final RepairCrew crew;

    // written before that thread starts, and then by it alone
    private RepairPace pace;
    private long recoveryNumber; // the last attempt of the first whole pass
    private boolean lastWasWhole;

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
        this.attempts = new RepairAttempts(new RepairBackOff(settings, random));
        this.crew = new RepairCrew(repairer, control::handBack);
        this.pace = new RepairPace(settings, timer.nanoTime());
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
        control.start(() -> {
            recoveryNumber = NOT_YET;
            pace = new RepairPace(settings, timer.nanoTime());
            Thread thread = new Thread(this::run, "parallel-write-repair");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * Waits until the recovery pass has come to every entry there was at the start, whatever became of it.
     *
     * @param limit how long to wait at most; recovery goes on after that
     * @return {@code true} if it has; {@code false} after the limit, or if the thread was interrupted: its flag stays set
     */
    public boolean awaitRecovery(Duration limit) {
        return control.awaitRecovery(limit);
    }

    /** Has the journal gone through soon. Returns at once. */
    public void wake() {
        control.wake();
    }

    /** Pauses after the entries that are being repaired. Returns at once. */
    public void pause() {
        control.pause();
    }

    /** Goes on after a pause. Returns at once. */
    public void unpause() {
        control.unpause();
    }

    /**
     * Tells whether it is paused.
     *
     * @return {@code true} from {@link #pause()} to {@link #unpause()}
     */
    public boolean isPaused() {
        return control.isPaused();
    }

    /**
     * Stops after the entries that are being repaired.
     *
     * @param limit how long to wait for that
     * @return {@code true} if it has stopped; {@code false} after the limit, or if the calling thread was interrupted: its
     *     flag stays set. It then stops as soon as the targets have answered
     */
    public boolean stop(Duration limit) {
        return control.stop(limit);
    }

    /**
     * Tells whether it has been started and has not stopped.
     *
     * @return {@code true} as long as something may still be repaired
     */
    public boolean isRunning() {
        return control.isRunning();
    }

    /** Tells whether it waits for something to do, with its alarm set; for tests. */
    boolean isIdle() {
        return control.isIdle();
    }

    private void run() {
        Runnable cancelAlarm = () -> {};
        while (control.awaitWork(attempts.runningCount() > 0, crew::dismiss)) {
            cancelAlarm.run();
            workLogged();
            cancelAlarm = timer.schedule(untilNextPass(), this::wake);
        }
        cancelAlarm.run();
    }

    private Duration untilNextPass() {
        long shortest = lastWasWhole ? 0 : settings.firstDelay().toNanos();
        long longest = settings.longestDelay().toNanos();
        long now = timer.nanoTime();
        long next = attempts.nextNanos().orElse(now + longest);
        return Duration.ofNanos(Math.max(shortest, Math.min(longest, next - now)));
    }

    private void workLogged() {
        try {
            takeNews();
            if (control.takeWake()) {
                lastWasWhole = false; // unless it is
                lastWasWhole = pass();
                recoveryNumber = lastWasWhole ? Math.min(recoveryNumber, attempts.lastNumber()) : recoveryNumber;
            }
        } catch (RuntimeException | Error ex) { // the thread must live, or nothing is repaired any more
            log.error("The journal could not be gone through; it will be tried again", ex);
        }
        if (recoveryNumber != NOT_YET && attempts.haveEnded(recoveryNumber)) {
            control.recovered();
        }
    }

    /** Takes what became of attempts, and which targets take writes again. */
    private void takeNews() {
        for (String target : Set.copyOf(returned)) {
            returned.remove(target);
            attempts.targetIsWell(target, timer.nanoTime());
        }
        boolean look = false;
        for (RepairCrew.Ended done : control.takeEnded()) {
            RepairOutcome outcome = done.outcome();
            pace.ended(done.entry(), outcome == null ? List.of() : outcome.targets());
            look |= attempts.ended(done, timer.nanoTime());
        }
        if (look) {
            wake();
        }
    }

    /** Goes through the journal and begins what is due; tells whether to the end. */
    private boolean pass() {
        Map<TargetPath, JournalEntry> newest = new LinkedHashMap<>();
        repairer.journal().entries().forEach(entry -> newest.put(entry.path(), entry)); // the last of a path stays
        attempts.keepOnly(newest.values().stream().map(JournalEntry::id).collect(Collectors.toSet()));
        for (JournalEntry entry : newest.values()) {
            if (attempts.isRunning(entry.path())) {
                continue; // its end will have the journal gone through again
            }
            if (repairer.waitsForTargetsThatAreOut(entry)) {
                attempts.forget(entry); // due when one of them is back, and no alarm before
            } else if (attempts.isDue(entry, timer.nanoTime())) {
                if (!awaitTurn()) {
                    return false;
                }
                begin(entry);
            }
        }
        return true;
    }

    /** Waits until one more entry may begin; {@code false} if it is to stop or pause instead. */
    private boolean awaitTurn() {
        while (control.mayGoOn()) {
            takeNews();
            if (mayBegin()) {
                return true;
            }
            control.awaitChange(this::alarmForTurn, () -> !mayBegin());
        }
        return false;
    }

    private boolean mayBegin() {
        return hasRoom() && pace.waitNanos(timer.nanoTime()) <= 0;
    }

    private boolean hasRoom() {
        return attempts.runningCount() < settings.concurrency();
    }

    private Runnable alarmForTurn() {
        long wait = pace.waitNanos(timer.nanoTime());
        return hasRoom() && wait > 0
                ? timer.schedule(Duration.ofNanos(wait), () -> control.change(() -> {}))
                : () -> {};
    }

    private void begin(JournalEntry entry) {
        crew.begin(entry);
        attempts.begun(entry); // before its end is taken, which this thread does
        pace.begun(entry, timer.nanoTime());
    }
}
