package io.parallelwrite.repair;

import io.parallelwrite.divergence.LeftOver;
import io.parallelwrite.divergence.LeftOver.Stage;
import io.parallelwrite.divergence.StagingLog;
import io.parallelwrite.outcome.ListenerList;
import io.parallelwrite.repair.SweepOutcome.Found;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Discards what is staged at the targets and belongs to no write any more.
 *
 * <ul>
 *   <li><b>Noted:</b> what the {@link StagingLog} says a process that died had staged, or an abort could not discard. It is
 *       discarded at once, unless a request that makes it visible may still be under way; then only after {@link
 *       RepairSettings#lateness()}, counted from when it was first looked at. No repair needs it: a repair copies what is
 *       visible somewhere.
 *   <li><b>Intended:</b> what may have been staged by a request that was not answered, and so has no name. It is {@linkplain
 *       Target#findIntended looked for} under the path of its write, with {@link RepairSettings#lateness()} between two looks,
 *       and what is seen twice is discarded.
 *   <li><b>Aged:</b> what no note names, because the power failed or there is no journal, when it is older than any write
 *       lasts. What is staged for an open write of this process is left alone, whatever its age.
 * </ul>
 *
 * <p>To discard again is harmless, and so is a crash in the middle of it. All methods run on the calling thread and block it
 * as the targets do, without a deadline. Thread-safe.
 */
public final class Sweeper {

    private static final Log log = LogFactory.getLog(Sweeper.class);

    /** After so many failures in a row the target is left alone for a while. */
    private static final int FAILURES_IN_A_ROW = 3;

    private final List<Target> targets;
    private final Map<String, String> places; // by the names of the targets; asking again could hang
    private final StagingLog notes;
    private final SweepSettings settings;
    private final DeadlineTimer timer;
    private final Clock clock;
    private final List<SweepListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Long, Seen> seen = new ConcurrentHashMap<>(); // by the numbers of the left-overs
    private final Map<Long, IntentLook> looks = new ConcurrentHashMap<>(); // by the numbers of the intents
    private final Set<String> failing = ConcurrentHashMap.newKeySet(); // targets, so that each is logged once

    /** What is known of one left-over. */
    private record Seen(long sinceNanos, int failures) {}

    /**
     * Creates a sweeper.
     *
     * @param targets where to look, ready to be written
     * @param notes what is noted
     * @param settings how old, and how often
     * @param timer the clock of attempts
     */
    public Sweeper(List<Target> targets, StagingLog notes, SweepSettings settings, DeadlineTimer timer) {
        this(targets, notes, settings, timer, Clock.systemUTC());
    }

    Sweeper(List<Target> targets, StagingLog notes, SweepSettings settings, DeadlineTimer timer, Clock clock) {
        this.targets = List.copyOf(targets);
        this.places = targets.stream().collect(Collectors.toMap(Target::name, Target::place));
        this.notes = notes;
        this.settings = settings;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Adds a listener.
     *
     * @param listener called in the order listeners were added
     */
    public void addListener(SweepListener listener) {
        listeners.add(listener);
    }

    /**
     * Discards what is noted as left over at one target.
     *
     * @param target the name of the target
     * @return what came of it
     * @throws IllegalArgumentException if there is no target of that name
     */
    public SweepOutcome sweepNoted(String target) {
        return sweepNoted(named(target), () -> false);
    }

    SweepOutcome sweepNoted(Target target, BooleanSupplier stopped) {
        SweepCount count = new SweepCount(clock.instant(), settings.unmarked(), stopped);
        for (LeftOver left : due(target)) {
            if (stopped.getAsBoolean() || count.failuresInARow() == FAILURES_IN_A_ROW) {
                break; // the rest waits for the next attempt
            }
            discard(target, left, count);
        }
        return report(count.outcome(target.name(), Found.NOTED));
    }

    /** Returns what may be discarded by now; what failed before comes last. */
    private List<LeftOver> due(Target target) {
        List<LeftOver> due = new ArrayList<>();
        for (LeftOver left : leftAt(target)) {
            seen.putIfAbsent(left.number(), new Seen(timer.nanoTime(), 0));
            if (!waits(left)) {
                due.add(left);
            }
        }
        due.sort(Comparator.comparingInt(left -> failures(left)));
        return due;
    }

    private int failures(LeftOver left) {
        Seen before = seen.get(left.number());
        return before == null ? 0 : before.failures();
    }

    private boolean waits(LeftOver left) {
        return latenessLeft(left) > 0;
    }

    /** Returns how much longer what may be late is waited for: before it is discarded, or between two looks for it. */
    private long latenessLeft(LeftOver left) {
        Seen first = seen.get(left.number());
        IntentLook look = looks.get(left.number());
        boolean begins = left.stage() == Stage.STAGED || (left.stage() == Stage.INTENDED && look == null);
        if (begins) {
            return 0;
        }
        long now = timer.nanoTime();
        long since = look != null ? look.atNanos() : first == null ? now : first.sinceNanos();
        return settings.pace().lateness().toNanos() - (now - since);
    }

    /**
     * Returns after how long the next of what is left over is due; empty if nothing is. Zero if it has become due while the
     * others were looked after.
     */
    Optional<Duration> untilDue(Target target) {
        return leftAt(target).stream()
                .map(left -> Duration.ofNanos(Math.max(0, latenessLeft(left))))
                .min(Duration::compareTo);
    }

    /** Returns what is left over where a target is now, whatever name that had then. */
    List<LeftOver> leftAt(Target target) {
        String place = places.get(target.name());
        return notes.leftOvers().stream()
                .filter(left -> left.place().equals(place))
                .toList();
    }

    /** Returns what is left over where no target is any more. */
    List<LeftOver> unreachable() {
        return notes.leftOvers().stream()
                .filter(left -> !places.containsValue(left.place()))
                .toList();
    }

    private void discard(Target target, LeftOver left, SweepCount count) {
        try {
            if (left.stage() == Stage.INTENDED) {
                lookFor(target, left, count);
            } else {
                target.discardStaged(left.path(), left.what());
                count.discarded(left.toString());
                forget(left);
            }
        } catch (IOException | RuntimeException | Error ex) { // the next one may go
            seen.computeIfPresent(left.number(), (number, was) -> new Seen(was.sinceNanos(), was.failures() + 1));
            count.failed(left.toString(), ex instanceof Exception failure ? failure : new IOException(ex));
        }
    }

    private void lookFor(Target target, LeftOver intent, SweepCount count) throws IOException {
        Set<String> found = target.findIntended(intent.path(), intent.what());
        IntentLook look = looks.getOrDefault(intent.number(), IntentLook.NONE).next(found, timer.nanoTime(), what -> {
            target.discardStaged(intent.path(), what);
            count.discarded(what + ", " + intent);
        });
        if (look.isLast()) {
            forget(intent);
        } else {
            looks.put(intent.number(), look); // the next one is due after the lateness
        }
    }

    private void forget(LeftOver left) {
        notes.forget(left);
        seen.remove(left.number());
        looks.remove(left.number());
    }

    /**
     * Looks through one target for what is old and belongs to no write.
     *
     * @param target the name of the target
     * @return what came of it
     * @throws IllegalArgumentException if there is no target of that name
     */
    public SweepOutcome sweepAged(String target) {
        return sweepAged(named(target), () -> false);
    }

    SweepOutcome sweepAged(Target target, BooleanSupplier stopped) {
        SweepCount count = new SweepCount(clock.instant().minus(settings.age()), settings.unmarked(), stopped);
        try {
            target.sweepStaged(count);
        } catch (IOException | RuntimeException | Error ex) { // tried again with the next period
            count.failed(
                    "the rest of " + places.get(target.name()), ex instanceof Exception e ? e : new IOException(ex));
        }
        return report(count.outcome(target.name(), Found.AGED));
    }

    private Target named(String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no target '" + name + "', only "
                        + targets.stream().map(Target::name).toList()));
    }

    private SweepOutcome report(SweepOutcome outcome) {
        String target = "'" + outcome.target() + "'";
        String found = outcome.found() == Found.NOTED ? "noted" : "older than " + settings.age();
        if (outcome.discarded() > 0) {
            log.info("Swept: at " + target + ", " + outcome.discarded() + " left-overs that were " + found
                    + " are discarded");
        }
        if (outcome.failed() == 0) {
            failing.remove(outcome.target() + found);
        } else if (failing.add(outcome.target() + found)) {
            log.warn(
                    "Left-overs at " + target + " could not be discarded, and will be tried again: " + outcome.failed()
                            + " that were " + found,
                    outcome.failure());
        }
        if (outcome.discarded() > 0 || outcome.failed() > 0) {
            new ListenerList<>(listeners).tell(outcome.target(), listener -> listener.swept(outcome));
        }
        return outcome;
    }

    List<Target> targets() {
        return targets;
    }

    StagingLog notes() {
        return notes;
    }

    SweepSettings settings() {
        return settings;
    }

    DeadlineTimer timer() {
        return timer;
    }
}
