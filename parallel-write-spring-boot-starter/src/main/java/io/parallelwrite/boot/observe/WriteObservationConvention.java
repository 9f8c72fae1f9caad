package io.parallelwrite.boot.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags the observation of a whole write. A single bean of this type replaces {@link
 * DefaultWriteObservationConvention}.
 */
public interface WriteObservationConvention extends ObservationConvention<WriteObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof WriteObservationContext;
    }
}
