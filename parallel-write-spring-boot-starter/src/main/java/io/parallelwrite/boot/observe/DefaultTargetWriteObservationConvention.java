package io.parallelwrite.boot.observe;

import static io.parallelwrite.boot.observe.DefaultWriteObservationConvention.UNKNOWN;
import static io.parallelwrite.boot.observe.DefaultWriteObservationConvention.lowerCase;

import io.micrometer.common.KeyValues;
import io.parallelwrite.boot.observe.WriteObservationDocumentation.HighCardinalityKey;
import io.parallelwrite.boot.observe.WriteObservationDocumentation.LowCardinalityKey;
import io.parallelwrite.outcome.TargetOutcome;
import org.jspecify.annotations.Nullable;

/** The names and tags of one target as documented in {@link WriteObservationDocumentation#TARGET_WRITE}. Thread-safe. */
public class DefaultTargetWriteObservationConvention implements TargetWriteObservationConvention {

    /** Creates the convention. */
    public DefaultTargetWriteObservationConvention() {}

    @Override
    public String getName() {
        return "parallel.write.target";
    }

    @Override
    public String getContextualName(TargetWriteObservationContext context) {
        return lowerCase(context.start().operation()) + " " + context.target().name();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(TargetWriteObservationContext context) {
        return KeyValues.of(
                LowCardinalityKey.OPERATION.withValue(lowerCase(context.start().operation())),
                LowCardinalityKey.OUTCOME.withValue(nameOf(context.outcome())),
                LowCardinalityKey.SCHEME.withValue(context.target().scheme()),
                LowCardinalityKey.TARGET.withValue(context.target().name()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(TargetWriteObservationContext context) {
        return KeyValues.of(HighCardinalityKey.PATH.withValue(context.start().path()));
    }

    private static String nameOf(@Nullable TargetOutcome outcome) {
        if (outcome == null) {
            return UNKNOWN;
        }
        if (outcome instanceof TargetOutcome.Committed) {
            return "committed";
        }
        if (outcome instanceof TargetOutcome.Failed) {
            return "failed";
        }
        if (outcome instanceof TargetOutcome.Aborted) {
            return "aborted";
        }
        if (outcome instanceof TargetOutcome.Detached) {
            return "detached";
        }
        return outcome instanceof TargetOutcome.InDoubt ? "in_doubt" : "skipped";
    }
}
