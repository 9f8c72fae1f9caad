package io.parallelwrite.outcome;

/** What is done to a path. */
public enum Operation {
    /** New bytes under the path. */
    WRITE,
    /** Nothing under the path any more. */
    DELETE,
    /** On one target alone, what others show under the path: their bytes, or nothing. */
    REPAIR
}
