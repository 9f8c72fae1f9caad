package io.parallelwrite.target;

import java.io.IOException;

/** Thrown when a target could not get its place ready, so that no writer was built. */
public class TargetInitializationException extends IOException {

    private final String target;
    private final String place;

    /**
     * Creates the exception.
     *
     * @param target the target
     * @param cause what it threw
     */
    public TargetInitializationException(Target target, Throwable cause) {
        super("Target '" + target.name() + "' at " + target.place() + " cannot be used: " + cause.getMessage(), cause);
        this.target = target.name();
        this.place = target.place();
    }

    /**
     * Returns the name of the target.
     *
     * @return the name
     */
    public String target() {
        return target;
    }

    /**
     * Returns where the target is.
     *
     * @return the place, without credentials
     */
    public String place() {
        return place;
    }
}
