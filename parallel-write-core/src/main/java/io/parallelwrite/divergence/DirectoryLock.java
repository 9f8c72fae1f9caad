package io.parallelwrite.divergence;

import io.parallelwrite.target.FileFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of a journal directory: a lock on a file in it, which the system gives up when the process ends, however
 * it ends.
 *
 * <p>POSIX gives up a process's locks on a file as soon as the process closes <em>any</em> channel to it. So a channel that
 * found the owner to be in this process is kept open for good: closing it would let other processes in.
 *
 * <p>Thread-safe.
 */
final class DirectoryLock implements Closeable {

    static final String FILE = "journal.lock";

    private static final List<FileChannel> NEVER_CLOSED = new CopyOnWriteArrayList<>();

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the ownership of a directory, without waiting for it. */
    static DirectoryLock take(Path directory) throws IOException {
        return new DirectoryLock(lock(directory));
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    DiskLogDirectory.mode(file, "rw-------"));
        } catch (IOException e) {
            throw FileFailure.explained("open the lock of the journal", file, e);
        }
        return lock(directory, channel);
    }

    private static FileChannel lock(Path directory, FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            NEVER_CLOSED.add(channel);
            throw owned(directory, "this process", e);
        } catch (IOException e) {
            channel.close();
            throw FileFailure.explained("lock the journal", directory, e);
        }
        channel.close();
        throw owned(directory, "another process", null);
    }

    private static IOException owned(Path directory, String owner, @Nullable Throwable cause) {
        return new IOException(
                "The journal directory '" + directory + "' is in use by " + owner
                        + ". A journal has one owner: configure another directory, or stop the other first",
                cause);
    }

    /** Gives the directory up; the second call does nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
