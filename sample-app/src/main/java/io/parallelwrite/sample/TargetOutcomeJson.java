package io.parallelwrite.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import org.jspecify.annotations.Nullable;

/**
 * What became of one target, as a client sees it.
 *
 * @param target the name of the target
 * @param scheme the kind of its location
 * @param outcome one of {@code committed}, {@code failed}, {@code aborted}, {@code in doubt}, {@code skipped}
 * @param durationMillis how long the target took
 * @param receipt what the target says it stored; only if committed
 * @param failure what went wrong; only if failed or in doubt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TargetOutcomeJson(
        String target,
        String scheme,
        String outcome,
        long durationMillis,
        @Nullable ReceiptJson receipt,
        @Nullable FailureJson failure) {

    /**
     * What a target says it stored.
     *
     * @param size the number of bytes
     * @param checksum their checksum, as in {@code CRC32C:e3069283}
     * @param strength how much that proves
     * @param version the target's own name for this state of the object
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReceiptJson(
            long size,
            @Nullable String checksum,
            Strength strength,
            @Nullable String version) {}

    /**
     * Where and why a target failed.
     *
     * @param phase the step that failed
     * @param cause what the target threw
     */
    record FailureJson(Phase phase, String cause) {}

    /**
     * Returns the JSON form of an outcome.
     *
     * @param outcome what became of a target
     * @return the form
     */
    static TargetOutcomeJson of(TargetOutcome outcome) {
        if (outcome instanceof TargetOutcome.Committed committed) {
            return with(outcome, "committed", receipt(committed.receipt()), null);
        }
        if (outcome instanceof TargetOutcome.Failed failed) {
            return with(outcome, "failed", null, failure(failed.phase(), failed.cause()));
        }
        if (outcome instanceof TargetOutcome.InDoubt inDoubt) {
            return with(outcome, "in doubt", null, failure(inDoubt.phase(), inDoubt.cause()));
        }
        return with(outcome, outcome instanceof TargetOutcome.Aborted ? "aborted" : "skipped", null, null);
    }

    private static TargetOutcomeJson with(
            TargetOutcome outcome, String name, @Nullable ReceiptJson receipt, @Nullable FailureJson failure) {
        return new TargetOutcomeJson(
                outcome.target(), outcome.scheme(), name, outcome.elapsed().toMillis(), receipt, failure);
    }

    private static ReceiptJson receipt(Receipt receipt) {
        return new ReceiptJson(
                receipt.size(),
                receipt.checksum() == null ? null : receipt.checksum().toString(),
                receipt.strength(),
                receipt.version());
    }

    private static FailureJson failure(Phase phase, Throwable cause) {
        return new FailureJson(phase, String.valueOf(cause.getMessage()));
    }
}
