package io.parallelwrite.boot.observe;

import io.micrometer.observation.Observation;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStart;
import org.jspecify.annotations.Nullable;

/**
 * What the observation of one target in one write knows.
 *
 * <p>Thread-safe: meters read it while the write is open.
 */
public final class TargetWriteObservationContext extends Observation.Context {

    private final WriteStart start;
    private final WriteStart.Participant target;
    private volatile @Nullable TargetOutcome outcome;

    /**
     * Creates the context.
     *
     * @param start the write
     * @param target the target
     */
    public TargetWriteObservationContext(WriteStart start, WriteStart.Participant target) {
        this.start = start;
        this.target = target;
    }

    /**
     * Returns the write the target takes part in.
     *
     * @return the write
     */
    public WriteStart start() {
        return start;
    }

    /**
     * Returns the target.
     *
     * @return its name and scheme
     */
    public WriteStart.Participant target() {
        return target;
    }

    /**
     * Returns what became of the target.
     *
     * @return {@code null} while that is not known
     */
    public @Nullable TargetOutcome outcome() {
        return outcome;
    }

    void finish(TargetOutcome outcome) {
        this.outcome = outcome; // read by the convention when the observation stops
    }
}
