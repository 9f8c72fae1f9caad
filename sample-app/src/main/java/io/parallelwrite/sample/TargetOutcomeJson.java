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
 * @param outcome one of {@code committed}, {@code failed}, {@code detached}, {@code aborted}, {@code in doubt}, {@code
 *     skipped}
 * @param durationMillis how long the target took
 * @param receipt what the target says it stored; only if committed
 * @param failure what went wrong; only if failed, detached or in doubt
 * @param leftBehind why hidden bytes may be left, and what removes them; only if failed, detached or aborted, and they may
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TargetOutcomeJson(
        String target,
        String scheme,
        String outcome,
        long durationMillis,
        @Nullable ReceiptJson receipt,
        @Nullable FailureJson failure,
        @Nullable String leftBehind) {

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
     * @param phase the step that failed; not if the target was detached, which the cause says
     * @param cause what the target threw, or how far it was behind
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FailureJson(@Nullable Phase phase, String cause) {}

    /**
     * Returns the JSON form of an outcome.
     *
     * @param outcome what became of a target
     * @return the form
     */
    static TargetOutcomeJson of(TargetOutcome outcome) {
        return new TargetOutcomeJson(
                outcome.target(),
                outcome.scheme(),
                name(outcome),
                outcome.elapsed().toMillis(),
                outcome instanceof TargetOutcome.Committed committed ? receipt(committed.receipt()) : null,
                failure(outcome),
                leftBehind(outcome));
    }

    private static String name(TargetOutcome outcome) {
        if (outcome instanceof TargetOutcome.Committed) {
            return "committed";
        }
        if (outcome instanceof TargetOutcome.Failed) {
            return "failed";
        }
        if (outcome instanceof TargetOutcome.Detached) {
            return "detached";
        }
        if (outcome instanceof TargetOutcome.InDoubt) {
            return "in doubt";
        }
        return outcome instanceof TargetOutcome.Aborted ? "aborted" : "skipped";
    }

    private static ReceiptJson receipt(Receipt receipt) {
        return new ReceiptJson(
                receipt.size(),
                receipt.checksum() == null ? null : receipt.checksum().toString(),
                receipt.strength(),
                receipt.version());
    }

    private static @Nullable FailureJson failure(TargetOutcome outcome) {
        if (outcome instanceof TargetOutcome.Failed failed) {
            return failure(failed.phase(), failed.cause());
        }
        if (outcome instanceof TargetOutcome.Detached detached) {
            return failure(null, detached.cause());
        }
        return outcome instanceof TargetOutcome.InDoubt inDoubt ? failure(inDoubt.phase(), inDoubt.cause()) : null;
    }

    private static FailureJson failure(@Nullable Phase phase, Throwable cause) {
        return new FailureJson(phase, String.valueOf(cause.getMessage()));
    }

    private static @Nullable String leftBehind(TargetOutcome outcome) {
        Throwable why = null;
        if (outcome instanceof TargetOutcome.Failed failed) {
            why = failed.leftBehind();
        } else if (outcome instanceof TargetOutcome.Detached detached) {
            why = detached.leftBehind();
        } else if (outcome instanceof TargetOutcome.Aborted aborted) {
            why = aborted.leftBehind();
        }
        return why == null ? null : String.valueOf(why.getMessage());
    }
}
