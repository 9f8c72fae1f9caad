package io.parallelwrite.target;

/** Thrown when two targets cannot be used together because one would write over the other. */
public class TargetConflictException extends IllegalArgumentException {

    private final String target;
    private final String other;

    /**
     * Creates the exception.
     *
     * @param target the name of one target
     * @param other the name of the other
     * @param reason what is wrong, as a sentence that names both places
     */
    public TargetConflictException(String target, String other, String reason) {
        super(reason);
        this.target = target;
        this.other = other;
    }

    /**
     * Returns the name of one target.
     *
     * @return the name
     */
    public String target() {
        return target;
    }

    /**
     * Returns the name of the other target.
     *
     * @return the name
     */
    public String other() {
        return other;
    }
}
