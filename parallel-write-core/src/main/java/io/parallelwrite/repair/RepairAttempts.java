package io.parallelwrite.repair;

import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.target.TargetPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are being tried, and when others may be.
 *
 * <p><b>Several at once.</b> Attempts are numbered as they begin, and may end in another order. One that failed for a target
 * which was found well after the attempt began is due at once: nobody knows which of the two came first.
 *
 * <p>Used by one thread.
 */
final class RepairAttempts {

    /** An attempt that has not ended. */
    private record Running(String id, long number) {}

    private final RepairBackOff backOff;
    private final Map<TargetPath, Running> running = new LinkedHashMap<>(); // those that began first come first
    private final Set<TargetPath> passedBy = new HashSet<>(); // among those running
    private final Map<String, Long> wellSince = new HashMap<>(); // for each target, the last attempt begun by then
    private long lastNumber;

    RepairAttempts(RepairBackOff backOff) {
        this.backOff = backOff;
    }

    /** Forgets when entries are due that are in the journal no more. */
    void keepOnly(Collection<String> ids) {
        backOff.keepOnly(ids);
    }

    /** Tells whether an entry of a path is being tried. If so, the end of that {@linkplain #ended wants another look}. */
    boolean isRunning(TargetPath path) {
        boolean is = running.containsKey(path);
        if (is) {
            passedBy.add(path);
        }
        return is;
    }

    boolean isDue(JournalEntry entry, long nowNanos) {
        return backOff.isDue(entry.id(), nowNanos);
    }

    /** Forgets when an entry is due: somebody will say so. */
    void forget(JournalEntry entry) {
        backOff.forget(entry.id());
    }

    void begun(JournalEntry entry) {
        running.put(entry.path(), new Running(entry.id(), ++lastNumber));
    }

    /** Returns the number of the attempt that began last. */
    long lastNumber() {
        return lastNumber;
    }

    int runningCount() {
        return running.size();
    }

    /** Tells whether all attempts up to a number have ended. */
    boolean haveEnded(long number) {
        return running.values().stream().allMatch(attempt -> attempt.number() > number);
    }

    /** Takes the end of an attempt; tells whether to look at once what is due. */
    boolean ended(RepairCrew.Ended ended, long nowNanos) {
        TargetPath path = ended.entry().path();
        Running attempt = running.remove(path);
        boolean look = passedBy.remove(path);
        RepairOutcome outcome = ended.outcome();
        if (outcome == null) {
            backOff.failed(ended.entry().id(), nowNanos, Set.of());
        } else if (outcome instanceof RepairOutcome.Settled) {
            backOff.forget(outcome.entry().id());
        } else {
            look |= failed(outcome, attempt, nowNanos);
        }
        for (String well : namesOf(outcome, target -> target.done() && target.action() != TargetRepair.Action.NONE)) {
            look |= targetIsWell(well, nowNanos);
        }
        return look;
    }

    private boolean failed(RepairOutcome outcome, @Nullable Running attempt, long nowNanos) {
        Set<String> waitsFor = namesOf(outcome, target -> !target.done());
        backOff.failed(outcome.entry().id(), nowNanos, waitsFor);
        long number = attempt == null ? lastNumber + 1 : attempt.number();
        boolean due = false;
        for (String target : waitsFor) {
            if (number <= wellSince.getOrDefault(target, 0L)) {
                due |= backOff.targetIsWell(target, nowNanos);
            }
        }
        return due;
    }

    private static Set<String> namesOf(@Nullable RepairOutcome outcome, Predicate<TargetRepair> which) {
        return outcome == null
                ? Set.of()
                : outcome.targets().stream()
                        .filter(which)
                        .map(TargetRepair::target)
                        .collect(Collectors.toSet());
    }

    /** Makes due what waits for a target; tells whether there is any. */
    boolean targetIsWell(String target, long nowNanos) {
        wellSince.put(target, lastNumber);
        return backOff.targetIsWell(target, nowNanos);
    }

    /** Returns when the next entry is due that is not being tried. */
    OptionalLong nextNanos() {
        Set<String> tried = running.values().stream().map(Running::id).collect(Collectors.toSet());
        return backOff.nextNanos(tried);
    }
}
