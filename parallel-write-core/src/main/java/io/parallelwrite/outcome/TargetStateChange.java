package io.parallelwrite.outcome;

/**
 * A target has come into another {@link TargetState}.
 *
 * @param previous the state before
 * @param status how the target was when the change was noticed
 */
public record TargetStateChange(TargetState previous, TargetStatus status) {

    /**
     * Returns which target it is.
     *
     * @return its name
     */
    public String target() {
        return status.target();
    }

    /**
     * Returns what it has come to.
     *
     * @return the state, other than the previous one
     */
    public TargetState state() {
        return status.state();
    }
}
