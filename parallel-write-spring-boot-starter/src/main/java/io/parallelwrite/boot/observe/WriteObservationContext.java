package io.parallelwrite.boot.observe;

import io.micrometer.observation.Observation;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import org.jspecify.annotations.Nullable;

/**
 * What the observation of a whole write knows.
 *
 * <p>Thread-safe: meters read it while the write is open.
 */
public final class WriteObservationContext extends Observation.Context {

    private final WriteStart start;
    private volatile @Nullable WriteResult result;

    /**
     * Creates the context.
     *
     * @param start what begins
     */
    public WriteObservationContext(WriteStart start) {
        this.start = start;
    }

    /**
     * Returns what began.
     *
     * @return the write
     */
    public WriteStart start() {
        return start;
    }

    /**
     * Returns what became of it.
     *
     * @return {@code null} while the write is open
     */
    public @Nullable WriteResult result() {
        return result;
    }

    void finish(WriteResult result) {
        this.result = result; // read by the convention when the observation stops
    }
}
