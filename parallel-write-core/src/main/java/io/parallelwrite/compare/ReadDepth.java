package io.parallelwrite.compare;

/** How the checksum of a copy is found. */
public enum ReadDepth {
    /** The one its target keeps; nothing is read, and where a target keeps none it is not known. */
    STAT,
    /** The one its target keeps; computed from the bytes where a target keeps none. */
    QUICK,
    /** Always computed from the bytes. */
    FULL
}
