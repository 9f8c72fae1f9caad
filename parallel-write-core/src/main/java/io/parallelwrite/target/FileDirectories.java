package io.parallelwrite.target;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The directories between a base and an object: makes them durably, and removes the ones an aborted write made.
 *
 * <p>A directory is made and the entry for it synced under a lock, and whoever finds it there has held that lock too.
 * Otherwise a second write could commit into a directory that a power cut takes away. One lock is held at a time.
 *
 * <p>A directory may be removed by an aborted write between the moment another write finds it and the moment that write
 * puts its staged file into it; the second then starts again. Once its staged file is there the directory is not empty and
 * stays.
 *
 * <p>Blocks on the disk. Thread-safe; another process that makes the same directories at the same moment is not locked out.
 */
final class FileDirectories {

    private static final int LOCKS = 64;

    private final FileSync sync;
    private final List<ReentrantLock> locks;

    FileDirectories(FileSync sync) {
        this.sync = sync;
        this.locks =
                IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();
    }

    /**
     * Makes the directories that are missing below a base.
     *
     * @param base a directory that exists
     * @param directory the base itself or a directory below it
     * @return those that were made, the outermost first
     */
    List<Path> create(Path base, Path directory) throws IOException {
        List<Path> created = new ArrayList<>();
        Path parent = base;
        try {
            for (int i = base.getNameCount(); i < directory.getNameCount(); i++) {
                Path child = parent.resolve(directory.getName(i));
                if (createOne(parent, child)) {
                    created.add(child);
                }
                parent = child;
            }
            return created;
        } catch (IOException e) {
            removeEmpty(created);
            throw e;
        }
    }

    private boolean createOne(Path parent, Path child) throws IOException {
        ReentrantLock lock = lockOf(child);
        lock.lock();
        try {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.createDirectory(child);
            syncEntry(parent, child);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                return false; // made by another process since
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void syncEntry(Path parent, Path child) throws IOException {
        try {
            sync.directory(parent);
        } catch (IOException e) {
            removeEmpty(List.of(child)); // or the next write would take it for durable
            throw e;
        }
    }

    /** Removes directories that are empty, the last first; from the first that cannot be removed on, they stay. */
    void removeEmpty(List<Path> created) {
        for (int i = created.size() - 1; i >= 0; i--) {
            ReentrantLock lock = lockOf(created.get(i));
            lock.lock();
            try {
                Files.deleteIfExists(created.get(i));
            } catch (IOException e) {
                return; // in use by another write, most often; an empty directory shows nothing
            } finally {
                lock.unlock();
            }
        }
    }

    private ReentrantLock lockOf(Path directory) {
        return locks.get(Math.floorMod(directory.hashCode(), LOCKS));
    }
}
