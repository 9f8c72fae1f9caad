package io.parallelwrite.outcome;

/** The step of a write, delete or read at which a target failed. */
public enum Phase {
    /** Opening the target write. */
    OPEN("while opening"),
    /** Taking the caller's bytes. */
    WRITE("while writing"),
    /** Making the staged bytes complete and durable. */
    PREPARE("while preparing"),
    /** Making the object visible. */
    COMMIT("while committing"),
    /** Comparing the receipt with what was sent. */
    COMPARE("when its receipt was compared"),
    /** Discarding the staged bytes. */
    ABORT("while aborting"),
    /** Deleting the object. */
    DELETE("while deleting"),
    /** Giving the bytes of an object, or looking it up. */
    READ("while reading");

    private final String description;

    Phase(String description) {
        this.description = description;
    }

    /**
     * Returns the phase as part of a sentence.
     *
     * @return for example {@code while preparing}
     */
    public String description() {
        return description;
    }
}
