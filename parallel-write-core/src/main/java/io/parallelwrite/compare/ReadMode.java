package io.parallelwrite.compare;

/** From how many copies an object is read. */
public enum ReadMode {
    /** From one: the first target, in the order of reads, that can give it; another takes over when that fails. */
    FAIL_OVER,
    /** From all, in step: the read fails where they differ. */
    COMPARE
}
