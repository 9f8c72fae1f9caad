package io.parallelwrite.divergence;

import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.util.List;
import java.util.Optional;

/**
 * A divergence that a write or delete left behind: some targets show the change, others miss it or may miss it.
 *
 * @param id the token of the write or delete that diverged
 * @param operation what was done
 * @param path the path
 * @param diverged the outcomes of the targets that miss the change or may miss it; never empty
 * @param others the outcomes of the rest
 */
public record WriteDivergence(
        String id, Operation operation, String path, List<TargetOutcome> diverged, List<TargetOutcome> others)
        implements Divergence {

    /** Copies the lists. */
    public WriteDivergence {
        diverged = List.copyOf(diverged);
        others = List.copyOf(others);
    }

    /**
     * Finds the divergence a write or delete left behind.
     *
     * @param result what became of every target
     * @return empty if all targets hold the same as each other: the change, or what they held before; and of a repair, for
     *     what it leaves was found before it
     */
    public static Optional<WriteDivergence> of(WriteResult result) {
        if (result.operation() == Operation.REPAIR) {
            return Optional.empty();
        }
        if (result.status() != WriteStatus.COMMITTED_DEGRADED && result.status() != WriteStatus.IN_DOUBT) {
            return Optional.empty();
        }
        List<TargetOutcome> diverged = result.outcomes().stream()
                .filter(outcome -> !(outcome instanceof TargetOutcome.Committed))
                .toList();
        List<TargetOutcome> others = result.outcomes().stream()
                .filter(TargetOutcome.Committed.class::isInstance)
                .toList();
        return Optional.of(new WriteDivergence(result.id(), result.operation(), result.path(), diverged, others));
    }

    /**
     * Returns the names of the targets that miss the change or may miss it.
     *
     * @return at least one name
     */
    @Override
    public List<String> targets() {
        return diverged.stream().map(TargetOutcome::target).toList();
    }
}
