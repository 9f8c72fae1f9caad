package io.parallelwrite.stream;

import io.parallelwrite.outcome.LaggingTargetException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of one write as they become known, and what they mean together.
 *
 * <p>Each target is settled once; the listeners hear of it at that moment, on the thread that learned it. Thread-safe.
 */
final class Settlement {

    // immutable
    private final WriteStart start;
    private final EngineParts parts;
    private final long startNanos;

    // guarded by this
    private final Map<String, TargetOutcome> outcomes = new HashMap<>();

    Settlement(WriteStart start, EngineParts parts) {
        this.start = start;
        this.parts = parts;
        this.startNanos = parts.timer().nanoTime();
        parts.listeners().started(start);
    }

    WriteStart start() {
        return start;
    }

    Duration elapsed() {
        return Duration.ofNanos(parts.timer().nanoTime() - startNanos);
    }

    void committed(Lane lane, Receipt receipt) {
        settle(new TargetOutcome.Committed(name(lane), scheme(lane), elapsed(), receipt));
    }

    /** Settles a target that failed, or was detached. */
    void failed(Lane lane, Lane.Failure failure, @Nullable Throwable leftBehind) {
        settle(failure(lane, failure, leftBehind));
    }

    private TargetOutcome failure(Lane lane, Lane.Failure failure, @Nullable Throwable leftBehind) {
        Duration untilFailure = Duration.ofNanos(failure.atNanos() - startNanos);
        if (failure.cause() instanceof LaggingTargetException lag) {
            return new TargetOutcome.Detached(
                    name(lane), scheme(lane), untilFailure, failure.offset(), lag, leftBehind);
        }
        return new TargetOutcome.Failed(
                name(lane), scheme(lane), untilFailure, failure.phase(), failure.offset(), failure.cause(), leftBehind);
    }

    void aborted(Lane lane, @Nullable Throwable leftBehind) {
        settle(new TargetOutcome.Aborted(name(lane), scheme(lane), elapsed(), leftBehind));
    }

    void inDoubt(Lane lane, Phase phase, Throwable cause) {
        settle(new TargetOutcome.InDoubt(name(lane), scheme(lane), elapsed(), phase, cause));
    }

    void skipped(EngineTarget target) {
        settle(new TargetOutcome.Skipped(target.name(), target.scheme()));
    }

    private void settle(TargetOutcome outcome) {
        synchronized (this) {
            if (outcomes.putIfAbsent(outcome.target(), outcome) != null) {
                return;
            }
        }
        parts.listeners().targetFinished(start, outcome);
    }

    synchronized boolean isSettled(Lane lane) {
        return outcomes.containsKey(name(lane));
    }

    synchronized boolean isCommitted(Lane lane) {
        return outcomes.get(name(lane)) instanceof TargetOutcome.Committed;
    }

    /** Returns the outcomes so far. */
    synchronized List<TargetOutcome> known() {
        return List.copyOf(outcomes.values());
    }

    /**
     * Returns the outcomes so far, and for lanes that have none but have failed, what it will be, but for what may be left
     * behind.
     */
    synchronized List<TargetOutcome> knownOrExpected(List<Lane> lanes) {
        List<TargetOutcome> expected = new ArrayList<>(outcomes.values());
        for (Lane lane : lanes) {
            Lane.Failure failure = lane.failure();
            if (failure != null && !isSettled(lane)) {
                expected.add(failure(lane, failure, null));
            }
        }
        return List.copyOf(expected);
    }

    /** Returns the whole, when every target is settled. */
    synchronized WriteResult result(long size, @Nullable Checksum checksum) {
        List<TargetOutcome> ordered = new ArrayList<>();
        for (WriteStart.Participant participant : start.targets()) {
            TargetOutcome outcome = outcomes.get(participant.name());
            if (outcome == null) {
                throw new IllegalStateException("Target '" + participant.name() + "' has no outcome");
            }
            ordered.add(outcome);
        }
        return new WriteResult(
                start.id(), start.operation(), start.path(), status(ordered), size, checksum, elapsed(), ordered);
    }

    private WriteStatus status(List<TargetOutcome> outcomes) {
        Set<String> all = outcomes.stream().map(TargetOutcome::target).collect(Collectors.toSet());
        Set<String> committed = outcomes.stream()
                .filter(TargetOutcome.Committed.class::isInstance)
                .map(TargetOutcome::target)
                .collect(Collectors.toSet());
        if (committed.equals(all)) {
            return WriteStatus.COMMITTED;
        }
        if (!committed.isEmpty() && parts.isMet(committed, all)) {
            return WriteStatus.COMMITTED_DEGRADED;
        }
        if (!committed.isEmpty() || outcomes.stream().anyMatch(TargetOutcome.InDoubt.class::isInstance)) {
            return WriteStatus.IN_DOUBT;
        }
        boolean untouched = outcomes.stream().allMatch(TargetOutcome.Skipped.class::isInstance);
        return untouched ? WriteStatus.REJECTED : WriteStatus.FAILED;
    }

    private static String name(Lane lane) {
        return lane.target().name();
    }

    private static String scheme(Lane lane) {
        return lane.target().scheme();
    }
}
