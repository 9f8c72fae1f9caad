package io.parallelwrite.outcome;

import java.io.IOException;
import java.time.Duration;

/**
 * The failure of a target that did not finish a step in time. The step itself was left to end on its own.
 */
public class DeadlineExceededException extends IOException {

    /**
     * Creates the exception.
     *
     * @param phase the step
     * @param deadline the time it was given
     */
    public DeadlineExceededException(Phase phase, Duration deadline) {
        super(
                switch (phase) {
                    case WRITE -> "it took no bytes for " + deadline.toMillis() + " ms";
                    case READ -> "it did not answer for " + deadline.toMillis() + " ms";
                    default -> "it did not finish within " + deadline.toMillis() + " ms";
                });
    }

    private DeadlineExceededException(String message) {
        super(message);
    }

    /**
     * Returns the failure of a target whose steps did not end in time all together.
     *
     * @param total the time its part of the write was given, from opening until it has prepared
     * @return the exception
     */
    public static DeadlineExceededException ofTotal(Duration total) {
        return new DeadlineExceededException("its part of the write did not end within " + total.toMillis()
                + " ms from its opening, the total it is given, however slow the source may be");
    }
}
