package io.parallelwrite.target;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What is on the disk on the way to one object, without following a symbolic link.
 *
 * @param kind what was seen
 * @param at where: the object's file, or the first directory on the way that is missing or wrong
 * @param attributes those of {@code at}, or {@code null} if it is missing
 */
record FileSighting(Kind kind, Path at, @Nullable BasicFileAttributes attributes) {

    /** What can be seen. */
    enum Kind {
        FILE,
        MISSING,
        DIRECTORY,
        LINK,
        /** A device, a pipe, or the like. */
        SPECIAL,
        MISSING_PARENT,
        PARENT_LINK,
        PARENT_NOT_DIRECTORY,
        /** The disk takes two spellings for one name, and something exists under another spelling. */
        OTHER_SPELLING
    }

    static FileSighting missing(Path at, boolean last) {
        return new FileSighting(last ? Kind.MISSING : Kind.MISSING_PARENT, at, null);
    }

    static FileSighting otherSpelling(Path at, BasicFileAttributes attributes) {
        return new FileSighting(Kind.OTHER_SPELLING, at, attributes);
    }

    /** Returns what the attributes of a file or directory on the way show. */
    static FileSighting of(Path at, BasicFileAttributes attributes, boolean last) {
        return new FileSighting(last ? objectKind(attributes) : parentKind(attributes), at, attributes);
    }

    private static Kind objectKind(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return Kind.FILE;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? Kind.LINK : Kind.SPECIAL;
    }

    /** A directory on the way is only the last thing seen when what is below it is missing. */
    private static Kind parentKind(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return Kind.MISSING_PARENT;
        }
        return attributes.isSymbolicLink() ? Kind.PARENT_LINK : Kind.PARENT_NOT_DIRECTORY;
    }

    /** Tells whether no object is visible under the path, for certain. */
    boolean showsNothing() {
        return switch (kind) {
            case MISSING, MISSING_PARENT, PARENT_NOT_DIRECTORY, DIRECTORY, OTHER_SPELLING -> true;
            case FILE, LINK, SPECIAL, PARENT_LINK -> false;
        };
    }

    /** Returns what stands in the way of writing, as a sentence with its remedy, or {@code null} if nothing does. */
    @Nullable
    String obstacleToWriting() {
        return switch (kind) {
            case FILE, MISSING, MISSING_PARENT, LINK -> null;
            case DIRECTORY -> "'" + at + "' is a directory; use another path";
            case SPECIAL, PARENT_LINK -> obstacleToReading();
            case PARENT_NOT_DIRECTORY -> "'" + at + "' is a file, so nothing can be below it; use another path";
            case OTHER_SPELLING ->
                "the disk does not tell upper from lower case, and '" + at
                        + "' exists under another spelling; use that spelling or another path";
        };
    }

    /** Returns what stands in the way of reading or deleting, as a sentence with its remedy, or {@code null}. */
    @Nullable
    String obstacleToReading() {
        return switch (kind) {
            case LINK, PARENT_LINK -> "'" + at + "' is a symbolic link; links below the target's base are not followed";
            case SPECIAL -> "'" + at + "' is not a regular file; remove it or use another path";
            default -> null;
        };
    }
}
