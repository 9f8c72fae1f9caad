package io.parallelwrite.boot.observe;

import io.micrometer.common.KeyValues;
import io.parallelwrite.boot.observe.WriteObservationDocumentation.HighCardinalityKey;
import io.parallelwrite.boot.observe.WriteObservationDocumentation.LowCardinalityKey;
import io.parallelwrite.outcome.WriteResult;
import java.util.Locale;

/** The names and tags of a whole write as documented in {@link WriteObservationDocumentation#WRITE}. Thread-safe. */
public class DefaultWriteObservationConvention implements WriteObservationConvention {

    /** The outcome of what is not over. */
    static final String UNKNOWN = "unknown";

    /** Creates the convention. */
    public DefaultWriteObservationConvention() {}

    @Override
    public String getName() {
        return "parallel.write";
    }

    @Override
    public String getContextualName(WriteObservationContext context) {
        return "parallel " + lowerCase(context.start().operation());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(WriteObservationContext context) {
        WriteResult result = context.result();
        return KeyValues.of(
                LowCardinalityKey.OPERATION.withValue(lowerCase(context.start().operation())),
                LowCardinalityKey.OUTCOME.withValue(result == null ? UNKNOWN : lowerCase(result.status())));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(WriteObservationContext context) {
        return KeyValues.of(HighCardinalityKey.PATH.withValue(context.start().path()));
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
