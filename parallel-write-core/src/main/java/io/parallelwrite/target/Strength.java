package io.parallelwrite.target;

/** How much is known about the bytes a target holds, or about the equality of copies. */
public enum Strength {
    /** Every byte was read and compared. */
    CONTENT,
    /** The target gave a checksum of the whole object as it stored it. */
    FULL_OBJECT,
    /** The target gave the checksum of what was handed to its device, not read back from there. */
    WRITTEN,
    /** The target gave only a size. */
    SIZE_ONLY,
    /** The target gave nothing that can be compared. */
    NOT_COMPARABLE
}
