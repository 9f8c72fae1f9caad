package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one directory holds of a listing, in its order.
 *
 * @param directory the directory
 * @param name its name below the base: empty, or ends in {@code /}
 * @param entries what is left to list
 */
record FileLevel(Path directory, String name, Iterator<Entry> entries) {

    private static final Comparator<Entry> ORDER = (left, right) -> Utf8Order.compare(left.key(), right.key());

    /** What an entry of a directory is for a listing. */
    enum Kind {
        FILE,
        DIRECTORY,
        /** Nothing that can be or hold an object. */
        FOREIGN
    }

    /**
     * An entry of a directory.
     *
     * @param key what it is sorted by: its name, and that of a directory with a {@code /}, for so the names below it begin
     * @param kind what it is
     */
    record Entry(String key, Kind kind) {}

    /** Reads a whole directory; only what is in the range is kept. */
    static FileLevel read(Path directory, String name, ListingRange range) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Entry entry = entry(file, name, range);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(ORDER);
        return new FileLevel(directory, name, entries.iterator());
    }

    private static @Nullable Entry entry(Path file, String directoryName, ListingRange range) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        String name = directoryName + fileName;
        boolean object = range.contains(name);
        boolean directory = range.reachesInto(name + "/");
        if (!object && !directory) {
            return null; // most entries of a directory that is entered in the middle; they cost no look at the disk
        }
        BasicFileAttributes attributes = FilePlace.attributes(file);
        if (attributes == null || isStaged(fileName, attributes)) {
            return null;
        }
        Kind kind = kind(file, fileName, attributes);
        if (attributes.isDirectory()) {
            return directory ? new Entry(fileName + "/", kind) : null;
        }
        return object ? new Entry(fileName, kind) : null;
    }

    private static boolean isStaged(String fileName, BasicFileAttributes attributes) {
        return attributes.isRegularFile() && fileName.startsWith(TargetPath.RESERVED_PREFIX);
    }

    private static Kind kind(Path file, String fileName, BasicFileAttributes attributes) {
        if (!isFoundByName(file, fileName)) {
            return Kind.FOREIGN;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return attributes.isRegularFile() ? Kind.FILE : Kind.FOREIGN;
    }

    /** Bytes that are no text in this JVM's encoding of file names are shown as other characters, which name another file. */
    private static boolean isFoundByName(Path file, String fileName) {
        try {
            return file.resolveSibling(fileName).equals(file);
        } catch (InvalidPathException e) {
            return false; // the name cannot be encoded at all
        }
    }
}
