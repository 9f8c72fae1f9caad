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
enum FileFailure {
    FULL(
            "the disk is full; free space on it",
            "no space left on device",
            "not enough space on the disk",
            "out of disk space"),
    QUOTA("the disk quota is used up; raise it or delete files", "disk quota exceeded", "not enough quota"),
    READ_ONLY(
            "the file system is read-only; remount it for writing",
            "read-only file system",
            "media is write protected"),
    DENIED(
            "access is denied; give this process's user read, write and search permission on the directory",
            "permission denied",
            "operation not permitted",
            "access is denied"),
    TOO_MANY_OPEN("too many files are open; raise the limit (ulimit -n)", "too many open files"),
    NAME_TOO_LONG("the name is too long for this file system; shorten the path", "file name too long"),
    TOO_LARGE("the file is too large for this file system or limit (ulimit -f)", "file too large"),
    SYMBOLIC_LINK("it is a symbolic link; links are not followed below the base", "too many levels of symbolic links"),
    PARENT_IS_A_FILE("a parent in the path is a file, not a directory; use another path", "not a directory"),
    IS_A_DIRECTORY("a directory has this path; use another path", "is a directory"),
    DEVICE("the device reports an error; check it and the system's log", "input/output error", "i/o error"),
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

    /** Returns a sentence on what was tried, at which file, why it failed and what to do. */
    static String explain(String tried, Path file, IOException e) {
        FileFailure failure = of(e);
        String why = failure != null ? failure.remedy : untyped(e);
        return "Cannot " + tried + " '" + file + "': " + why;
    }

    /** Returns an exception with the sentence of {@link #explain}. */
    static IOException explained(String tried, Path file, IOException e) {
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
