package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files below a base, directory by directory.
 *
 * <p>A directory is read whole and sorted when the listing comes to it, so the names in it and in the directories above it
 * are in memory. Directories in which no name can match, or all come before the position, are not read. A file is looked
 * at again when it is returned: its size is that of the moment, and one that is gone is left out.
 *
 * <p>A directory that disappears is as good as empty. A base that disappears is not: its disk may have been unmounted, and
 * the listing fails.
 *
 * <p>Between the calls no directory is open. Not thread-safe.
 */
final class FileListing implements TargetListing {

    private final FilePlace place;
    private final ListingRange range;

    /** From the directory the listing is in up to the one it began in. */
    private final Deque<FileLevel> levels = new ArrayDeque<>();

    private long skippedCount;
    private boolean closed;

    private FileListing(FilePlace place, ListingRange range) {
        this.place = place;
        this.range = range;
    }

    /** Opens a listing in the directory the prefix leads to. */
    static FileListing open(FilePlace place, ListingRange range) throws IOException {
        FileListing listing = new FileListing(place, range);
        String directory = range.directory();
        if (directory.isEmpty()) {
            listing.enter(place.real(), "");
        } else {
            listing.enter(TargetPath.of(directory.substring(0, directory.length() - 1)));
        }
        return listing;
    }

    private void enter(TargetPath directory) throws IOException {
        place.checkThere("list");
        FileSighting seen = place.look(directory);
        switch (seen.kind()) {
            case DIRECTORY -> enter(seen.at(), directory + "/");
            case LINK, PARENT_LINK -> skippedCount++;
            default -> {} // nothing to list, and the base is there
        }
    }

    @Override
    public @Nullable ListedObject next() throws IOException {
        if (closed) {
            throw new IOException("The listing is closed; open another");
        }
        for (FileLevel level = levels.peek(); level != null; level = levels.peek()) {
            if (level.entries().hasNext()) {
                ListedObject object = pass(level, level.entries().next());
                if (object != null) {
                    return object;
                }
            } else {
                levels.pop();
            }
        }
        return null;
    }

    /** Goes past an entry, or into it; returns the object if it is one. */
    private @Nullable ListedObject pass(FileLevel level, FileLevel.Entry entry) throws IOException {
        boolean directory = entry.key().endsWith("/");
        String name = directory ? entry.key().substring(0, entry.key().length() - 1) : entry.key();
        Optional<TargetPath> path = TargetPath.ofStored(level.name() + name);
        if (path.isEmpty() || entry.kind() == FileLevel.Kind.FOREIGN) {
            skippedCount++;
            return null;
        }
        Path file = level.directory().resolve(name);
        if (directory) {
            enter(file, level.name() + entry.key());
            return null;
        }
        return object(path.get(), file);
    }

    private void enter(Path directory, String name) throws IOException {
        if (!range.reachesInto(name)) {
            return;
        }
        BasicFileAttributes attributes = FilePlace.attributes(directory);
        if (attributes == null) {
            place.checkThere("list");
        } else if (attributes.isDirectory()) {
            read(directory, name);
        } else {
            skippedCount++; // was a directory when the one above it was read
        }
    }

    private void read(Path directory, String name) throws IOException {
        try {
            place.checkInside(directory);
            levels.push(FileLevel.read(directory, name, range));
        } catch (NoSuchFileException | NotDirectoryException e) {
            place.checkThere("list");
        } catch (IOException e) {
            throw FileFailure.explained("list", directory, e);
        }
    }

    private @Nullable ListedObject object(TargetPath path, Path file) throws IOException {
        BasicFileAttributes attributes = FilePlace.attributes(file);
        if (attributes == null) {
            place.checkThere("list");
        }
        return attributes == null || !attributes.isRegularFile()
                ? null
                : new ListedObject(path, StoredObject.ofFile(attributes));
    }

    @Override
    public long skippedCount() {
        return skippedCount;
    }

    @Override
    public void close() {
        closed = true;
        levels.clear();
    }
}
