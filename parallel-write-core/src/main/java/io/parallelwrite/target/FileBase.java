package io.parallelwrite.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;

/**
 * The base directory of a {@link FileTarget} before it is in use.
 *
 * @param configured the directory as configured, absolute
 * @param settings how the target writes
 * @param sync how it syncs
 */
record FileBase(Path configured, FileTargetSettings settings, FileSync sync) {

    /** What the name of a probe has more than that of a staged file: an upper-case letter. */
    static final String PROBE = "Case";

    /** Makes the base, and proves with a file of its own that it can be written. */
    FilePlace prepare(FileDirectories directories) throws IOException {
        if (settings.permissions() != null
                && !configured.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IOException("The file system of '" + configured + "' has no POSIX permissions; do not set any");
        }
        Path real = create(directories);
        String name = StagedFile.newName().replace(TargetPath.RESERVED_PREFIX, TargetPath.RESERVED_PREFIX + PROBE);
        Path probe = real.resolve(name);
        try {
            return new FilePlace(real, probe(probe));
        } catch (IOException e) {
            throw FileFailure.explained("write a file in", real, e);
        }
    }

    private Path create(FileDirectories directories) throws IOException {
        try {
            if (!Files.exists(configured)) {
                Path wanted = configured.normalize(); // directories are counted by name, and '.' would be one
                directories.create(existing(wanted), wanted);
            }
            if (!Files.isDirectory(configured)) {
                throw new IOException(
                        "'" + configured + "' is not a directory; remove it or configure another location");
            }
            return configured.toRealPath();
        } catch (FileSystemException e) {
            throw FileFailure.explained("make the directory", configured, e);
        }
    }

    /** Creates, syncs and deletes a file; tells whether it is not found under a spelling in lower case. */
    private boolean probe(Path probe) throws IOException {
        try {
            try (FileChannel channel = FileChannel.open(
                    probe,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                channel.write(ByteBuffer.wrap(new byte[] {1}));
                sync.file(channel);
            }
            sync.directory(FilePlace.directoryOf(probe));
            String lower = probe.getFileName().toString().toLowerCase(Locale.ROOT);
            return Files.notExists(probe.resolveSibling(lower), LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Returns a path with every symbolic link resolved, as far as it exists. */
    static Path realPath(Path path) {
        Path existing = existing(path);
        try {
            return existing.toRealPath().resolve(existing.relativize(path)).normalize();
        } catch (IOException e) {
            return path.normalize(); // unreadable now; initialize() reports why
        }
    }

    /** Returns the longest part of a path that exists. */
    private static Path existing(Path path) {
        Path at = path;
        for (Path parent = at.getParent(); parent != null && !Files.exists(at); parent = at.getParent()) {
            at = parent;
        }
        return at;
    }
}
