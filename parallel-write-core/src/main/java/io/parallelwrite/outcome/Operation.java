package io.parallelwrite.outcome;

/** What is done to a path on all targets. */
public enum Operation {
    /** New bytes under the path. */
    WRITE,
    /** Nothing under the path any more. */
    DELETE
}
