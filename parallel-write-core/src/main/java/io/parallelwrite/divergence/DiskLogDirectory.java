package io.parallelwrite.divergence;

import io.parallelwrite.target.FileFailure;
import io.parallelwrite.target.FileSync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The directory of a {@link FileJournal} on a disk, owned by this object until it is closed.
 *
 * <p>The directory gets the mode 0700 if it is made, and files 0600, where the file system has modes; directories that are
 * made on the way to it are as the umask leaves them, for others may be beside it. What is there is left as it is.
 */
final class DiskLogDirectory implements LogDirectory {

    private static final Log log = LogFactory.getLog(FileJournal.class);

    private static final int BLOCK_BYTES = 4096;

    private final Path path;
    private final DirectoryLock lock;

    private DiskLogDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the directory if it is missing, and takes ownership of it. */
    static DiskLogDirectory open(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            make(absolute, mode(absolute, "rwx------"));
        } catch (IOException e) {
            throw FileFailure.explained("make the journal directory", absolute, e);
        }
        Path real = absolute.toRealPath();
        return new DiskLogDirectory(real, DirectoryLock.take(real));
    }

    private static void make(Path directory, FileAttribute<?>... mode) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            make(parent);
        }
        try {
            Files.createDirectory(directory, mode);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new IOException("'" + directory + "' is a file; remove it or configure another directory", e);
            }
        }
        if (parent != null) {
            FileSync.DEVICE.directory(parent);
        }
    }

    static FileAttribute<?>[] mode(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        Path file = path.resolve(name);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return readBlocks(file, e);
        }
    }

    /** Reads what can be read of a file that cannot be read as a whole: the records elsewhere in it are still good. */
    private static byte[] readBlocks(Path file, IOException why) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] bytes = new byte[Math.toIntExact(channel.size())];
            int unreadable = 0;
            for (int at = 0; at < bytes.length; at += BLOCK_BYTES) {
                ByteBuffer block = ByteBuffer.wrap(bytes, at, Math.min(BLOCK_BYTES, bytes.length - at));
                unreadable += readBlock(channel, block, at) ? 0 : 1;
            }
            log.warn(
                    "Cannot read " + unreadable + " of the blocks of " + BLOCK_BYTES + " bytes of '" + file
                            + "'; check the device",
                    why);
            return bytes;
        }
    }

    private static boolean readBlock(FileChannel channel, ByteBuffer block, long position) {
        int begin = block.position();
        try {
            while (block.hasRemaining()) {
                if (channel.read(block, position + block.position() - begin) < 0) {
                    return true; // shorter than it was: the rest stays zero
                }
            }
            return true;
        } catch (IOException e) {
            return false; // counted, and the first such failure is logged
        }
    }

    @Override
    public LogFile create(String name) throws IOException {
        return DiskLogFile.create(path.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        FileSync.DEVICE.directory(path);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
