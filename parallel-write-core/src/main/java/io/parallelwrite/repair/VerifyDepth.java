package io.parallelwrite.repair;

/** How thoroughly copies are verified. */
public enum VerifyDepth {
    /** By what the targets say: sizes, and the checksums they keep. Nothing is read. */
    QUICK,
    /** By the bytes of every copy, from which a CRC-32C is computed. */
    FULL
}
