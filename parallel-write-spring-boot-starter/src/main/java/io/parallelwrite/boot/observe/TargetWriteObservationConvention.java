package io.parallelwrite.boot.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags the observation of one target in one write. A single bean of this type replaces {@link
 * DefaultTargetWriteObservationConvention}.
 */
public interface TargetWriteObservationConvention extends ObservationConvention<TargetWriteObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TargetWriteObservationContext;
    }
}
