package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base directory of a {@link FileTarget} and the way from a path to a file below it.
 *
 * <p>The base and what is above it may be symbolic links, as the operator configured them. Below the base no link is
 * followed: {@link #look} examines every component on its own, and {@link #checkInside} compares the real path once more
 * before a directory is written to. Somebody who can write below the base could still put a link between such a check and
 * the call after it; only trusted users may write there.
 *
 * @param real the base with every symbolic link resolved
 * @param caseSensitive whether {@code A} and {@code a} are two files here
 */
record FilePlace(Path real, boolean caseSensitive) {

    /** Returns the file of an object, by name alone. */
    Path file(TargetPath path) throws IOException {
        try {
            Path file = real;
            for (String segment : path.segments()) {
                file = file.resolve(segment);
            }
            boolean below = file.startsWith(real)
                    && file.equals(file.normalize())
                    && file.getNameCount()
                            == real.getNameCount() + path.segments().size();
            if (!below) {
                throw new IOException("'" + path + "' does not name a file below '" + real + "'");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException(
                    "'" + path + "' cannot be a file name here: " + e.getReason()
                            + ". If it is a valid name, this JVM's encoding of file names lacks its characters ("
                            + System.getProperty("sun.jnu.encoding")
                            + "); start it under a UTF-8 locale, as in LC_ALL=C.UTF-8",
                    e);
        }
    }

    /** Returns the directory an object's file is in. */
    static Path directoryOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file below a base has a parent");
    }

    /**
     * Looks at every component from the base to an object's file, and stops at the first that is not as it should be. Fails
     * if the base is gone.
     */
    FileSighting look(TargetPath path) throws IOException {
        Path file = file(path);
        Path at = real;
        FileSighting seen = null;
        for (int i = real.getNameCount(); i < file.getNameCount(); i++) {
            boolean last = i == file.getNameCount() - 1;
            at = at.resolve(file.getName(i));
            BasicFileAttributes attributes = attributes(at);
            if (attributes == null) {
                checkThere("look for '" + path + "' in");
                return FileSighting.missing(at, last);
            }
            if (hasOtherSpelling(at, attributes)) {
                return FileSighting.otherSpelling(at, attributes);
            }
            seen = FileSighting.of(at, attributes, last);
            if (!attributes.isDirectory()) {
                return seen;
            }
        }
        return Objects.requireNonNull(seen, "a path has a segment");
    }

    /** Fails if the base is gone: then its disk may not be mounted, and what is missing below it may be there later. */
    void checkThere(String tried) throws IOException {
        if (attributes(real) == null) {
            throw FileFailure.explained(tried, real, new NoSuchFileException(real.toString()));
        }
    }

    /** Fails if the real path of a directory is no longer below the base. */
    void checkInside(Path directory) throws IOException {
        if (!directory.toRealPath().startsWith(real)) {
            throw new IOException("'" + directory + "' leads out of '" + real
                    + "' over a symbolic link; links below the target's base are not followed");
        }
    }

    /** Returns the attributes of a file, not of what it links to, or {@code null} if it is missing. */
    static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw FileFailure.explained("examine", file, e);
        }
    }

    private boolean hasOtherSpelling(Path at, BasicFileAttributes attributes) throws IOException {
        if (caseSensitive || attributes.isSymbolicLink()) {
            return false;
        }
        return !composedName(at.toRealPath()).equals(composedName(at));
    }

    private static String composedName(Path file) {
        return Normalizer.normalize(String.valueOf(file.getFileName()), Normalizer.Form.NFC);
    }
}
