package io.parallelwrite.divergence;

import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.util.List;
import java.util.Optional;

/**
 * Targets that should hold the same object under a path and do not, or cannot be shown to.
 *
 * <p>In a Spring application it is published as an event: take it with {@code @EventListener}. Events come on the thread
 * of the caller whose write diverged, after the write has ended.
 *
 * @param id the token of the write or delete that diverged
 * @param operation what was done
 * @param path the path
 * @param diverged the outcomes of the targets that miss the change or may miss it; never empty
 * @param others the outcomes of the rest
 */
public record Divergence(
        String id, Operation operation, String path, List<TargetOutcome> diverged, List<TargetOutcome> others) {

    /** Copies the lists. */
    public Divergence {
        diverged = List.copyOf(diverged);
        others = List.copyOf(others);
    }

    /**
     * Finds the divergence a write or delete left behind.
     *
     * @param result what became of every target
     * @return empty if all targets hold the same as each other: the change, or what they held before
     */
    public static Optional<Divergence> of(WriteResult result) {
        if (result.status() != WriteStatus.COMMITTED_DEGRADED && result.status() != WriteStatus.IN_DOUBT) {
            return Optional.empty();
        }
        List<TargetOutcome> diverged = result.outcomes().stream()
                .filter(outcome -> !(outcome instanceof TargetOutcome.Committed))
                .toList();
        List<TargetOutcome> others = result.outcomes().stream()
                .filter(TargetOutcome.Committed.class::isInstance)
                .toList();
        return Optional.of(new Divergence(result.id(), result.operation(), result.path(), diverged, others));
    }

    /**
     * Returns the names of the targets that miss the change or may miss it.
     *
     * @return at least one name
     */
    public List<String> targets() {
        return diverged.stream().map(TargetOutcome::target).toList();
    }
}
