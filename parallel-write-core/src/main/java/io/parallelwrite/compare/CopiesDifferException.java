package io.parallelwrite.compare;

import java.io.IOException;

/** Thrown when copies of one object that should be equal are not. {@link #difference()} says who said what. */
public class CopiesDifferException extends IOException {

    /** What the targets said. */
    private final transient Comparison.Different difference;

    /**
     * Creates the exception.
     *
     * @param difference what the targets said
     */
    public CopiesDifferException(Comparison.Different difference) {
        super("The copies of '" + difference.path() + "' differ: " + difference.description());
        this.difference = difference;
    }

    /**
     * Returns what the targets said.
     *
     * @return every target's answer, and where they differ
     */
    public Comparison.Different difference() {
        return difference;
    }
}
