package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a disk that have a known remedy.
 *
 * <p>Java gives most of them no type of their own, so they are recognised by the system's text. That text is a hint for
 * people and decides nothing: a failure that is not recognised is reported as it is.
 */
public enum FileFailure {
    /** No space is left on the disk. */
    FULL(
            "the disk is full; free space on it",
            "no space left on device",
            "not enough space on the disk",
            "out of disk space"),
    /** The quota of the user or directory is used up. */
    QUOTA("the disk quota is used up; raise it or delete files", "disk quota exceeded", "not enough quota"),
    /** The file system is mounted read-only. */
    READ_ONLY(
            "the file system is read-only; remount it for writing",
            "read-only file system",
            "media is write protected"),
    /** The process may not do it. */
    DENIED(
            "access is denied; give this process's user read, write and search permission on the directory",
            "permission denied",
            "operation not permitted",
            "access is denied"),
    /** The process or system has too many files open. */
    TOO_MANY_OPEN("too many files are open; raise the limit (ulimit -n)", "too many open files"),
    /** The file system takes no name of this length. */
    NAME_TOO_LONG("the name is too long for this file system; shorten the path", "file name too long"),
    /** The file system or a limit takes no file of this size. */
    TOO_LARGE("the file is too large for this file system or limit (ulimit -f)", "file too large"),
    /** A symbolic link is where none is followed. */
    SYMBOLIC_LINK("it is a symbolic link; links are not followed below the base", "too many levels of symbolic links"),
    /** A file is where a directory should be. */
    PARENT_IS_A_FILE("a parent in the path is a file, not a directory; use another path", "not a directory"),
    /** A directory is where a file should be. */
    IS_A_DIRECTORY("a directory has this path; use another path", "is a directory"),
    /** The device failed. */
    DEVICE("the device reports an error; check it and the system's log", "input/output error", "i/o error"),
    /** A network file system has lost the file. */
    STALE("the network file system lost the file; mount it again", "stale file handle");

    private final String remedy;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> texts;

    FileFailure(String remedy, String... texts) {
        this.remedy = remedy;
        this.texts = List.of(texts);
    }

    /** Returns which failure an exception shows, or {@code null} if it is none of these. */
    static @Nullable FileFailure of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return DENIED;
        }
        String text = String.valueOf(reason(e)).toLowerCase(Locale.ROOT);
        for (FileFailure failure : values()) {
            if (failure.texts.stream().anyMatch(text::contains)) {
                return failure;
            }
        }
        return null;
    }

    /**
     * Returns a sentence on what was tried, at which file, why it failed and what to do.
     *
     * @param tried what was tried, as in "write"
     * @param file the file or directory
     * @param e the failure
     * @return the sentence, without a full stop
     */
    public static String explain(String tried, Path file, IOException e) {
        FileFailure failure = of(e);
        String why = failure != null ? failure.remedy : untyped(e);
        return "Cannot " + tried + " '" + file + "': " + why;
    }

    /**
     * Returns an exception with the sentence of {@link #explain}.
     *
     * @param tried what was tried, as in "write"
     * @param file the file or directory
     * @param e the failure, which becomes the cause
     * @return the exception
     */
    public static IOException explained(String tried, Path file, IOException e) {
        return new IOException(explain(tried, file, e), e);
    }

    private static String untyped(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "'" + missing.getFile() + "' does not exist; is its disk mounted?";
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return "the file system cannot rename in one step; put the target on one that can";
        }
        String reason = reason(e);
        return reason == null ? e.toString() : e.getClass().getSimpleName() + ": " + reason;
    }

    /** Returns the system's text without the file names, which could look like any of them. */
    private static @Nullable String reason(IOException e) {
        return e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    }
}
