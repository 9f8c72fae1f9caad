package io.parallelwrite.outcome;

import io.parallelwrite.target.Checksum;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write or delete: one outcome for every target, in the order the targets were given.
 *
 * @param id the token of this write, also stored with the object where a target can
 * @param operation what was done
 * @param path the normalised path
 * @param status what it means as a whole
 * @param size the number of bytes the caller wrote, or of a write that failed, how many had been handed on; 0 for a
 *     delete
 * @param checksum the CRC-32C of those bytes, or {@code null} for a delete or when they were not all seen
 * @param duration the time from open to the last outcome
 * @param outcomes one per target
 */
public record WriteResult(
        String id,
        Operation operation,
        String path,
        WriteStatus status,
        long size,
        @Nullable Checksum checksum,
        Duration duration,
        List<TargetOutcome> outcomes) {

    /** Copies the outcomes. */
    public WriteResult {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Returns the outcome of one target.
     *
     * @param target the name of the target
     * @return its outcome
     * @throws NoSuchElementException if the write had no target of that name
     */
    public TargetOutcome outcome(String target) {
        return outcomes.stream()
                .filter(outcome -> outcome.target().equals(target))
                .findFirst()
                .orElseThrow(() ->
                        new NoSuchElementException("The write of '" + path + "' had no target '" + target + "', only "
                                + outcomes.stream().map(TargetOutcome::target).toList()));
    }

    /**
     * Tells whether the acknowledgement rule was met.
     *
     * @return {@code true} if the status is {@link WriteStatus#COMMITTED} or {@link WriteStatus#COMMITTED_DEGRADED}
     */
    public boolean isSuccess() {
        return status == WriteStatus.COMMITTED || status == WriteStatus.COMMITTED_DEGRADED;
    }
}
