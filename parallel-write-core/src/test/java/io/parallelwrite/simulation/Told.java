package io.parallelwrite.simulation;

import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a caller was told of its write or delete.
 *
 * @param content what it wrote; {@code null} if it deleted
 * @param result {@code null} if it died before it was told
 */
record Told(byte @Nullable [] content, @Nullable WriteResult result) {

    boolean isUnknown() {
        return result == null;
    }

    boolean isSuccess() {
        return result != null && result.isSuccess();
    }

    /** Whether nothing of it may ever be seen. */
    boolean isNothing() {
        return result != null && (result.status() == WriteStatus.FAILED || result.status() == WriteStatus.REJECTED);
    }

    /** Whether some target has certainly shown it. */
    boolean isSomewhere() {
        return result != null && result.outcomes().stream().anyMatch(TargetOutcome.Committed.class::isInstance);
    }

    /** Whether all targets have certainly shown it. */
    boolean isEverywhere() {
        return result != null && result.status() == WriteStatus.COMMITTED;
    }
}
