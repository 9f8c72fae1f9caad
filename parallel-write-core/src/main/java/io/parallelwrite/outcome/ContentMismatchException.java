package io.parallelwrite.outcome;

import java.io.IOException;

/** Thrown when the caller's bytes are not what the caller declared: another size or another checksum. */
public class ContentMismatchException extends IOException {

    /**
     * Creates the exception.
     *
     * @param message what was declared and what came
     */
    public ContentMismatchException(String message) {
        super(message);
    }
}
