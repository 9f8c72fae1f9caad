package io.parallelwrite.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The hidden file that holds the bytes of one write, beside the file it will become.
 *
 * <p>Its name has 128 random bits and one fixed length, so that nobody can be there first and a long file name stays
 * possible. It is noted before it is there. Every method blocks on the disk. Not thread-safe: it belongs to one {@link FileTargetWrite}.
 */
final class StagedFile {

    private static final int NAME_BYTES = 16;
    private static final int READ_BYTES = 64 * 1024;

    /** How often a parent may be removed under our hands by aborted writes before the write gives up. */
    private static final int ATTEMPTS = 100;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path temporary;
    private final Path destination;
    private final FileChannel channel;
    private final StagingNote note;
    private final List<Path> createdDirectories;
    private final FileDirectories directories;

    private StagedFile(Path destination, Opened opened, List<Path> createdDirectories, FileDirectories directories) {
        this.temporary = opened.file();
        this.channel = opened.channel();
        this.note = opened.note();
        this.destination = destination;
        this.createdDirectories = createdDirectories;
        this.directories = directories;
    }

    /** A file that was just created, and the note of it. */
    private record Opened(Path file, FileChannel channel, StagingNote note) {}

    /**
     * What the staged files of one target share.
     *
     * @param directories makes and removes the directories they are in
     * @param open those of open writes
     */
    record Shared(FileDirectories directories, OpenStaging open) {}

    /** Returns a name that cannot be foreseen and that no path can have. */
    static String newName() {
        byte[] random = new byte[NAME_BYTES];
        RANDOM.nextBytes(random);
        return TargetPath.RESERVED_PREFIX + HexFormat.of().formatHex(random);
    }

    /** Makes the missing directories and the file; undoes what it began if it fails. */
    static StagedFile create(FilePlace place, TargetPath path, FileTargetSettings settings, Shared shared)
            throws IOException {
        FileDirectories directories = shared.directories();
        Path destination = place.file(path);
        Path directory = FilePlace.directoryOf(destination);
        for (int attempt = 1; ; attempt++) {
            List<Path> created = List.of();
            try {
                created = directories.create(place.real(), directory);
                place.checkInside(directory);
                Opened opened = openNoted(directory.resolve(newName()), path, settings, shared.open());
                return new StagedFile(destination, opened, created, directories);
            } catch (IOException e) {
                directories.removeEmpty(created);
                boolean removedMeanwhile = e instanceof NoSuchFileException && Files.exists(place.real());
                if (!removedMeanwhile || attempt == ATTEMPTS) {
                    throw FileFailure.explained("stage a write in", directory, e);
                }
            }
        }
    }

    /** Notes the file before it is there: between the two, the process may be killed. */
    private static Opened openNoted(Path file, TargetPath path, FileTargetSettings settings, OpenStaging open)
            throws IOException {
        StagingNote note = open.begin(path, String.valueOf(file.getFileName()));
        boolean opened = false;
        try {
            FileChannel channel = open(file, settings);
            opened = true;
            return new Opened(file, channel, note);
        } finally {
            if (!opened && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                note.leftBehind();
            } else if (!opened) {
                note.gone();
            }
        }
    }

    private static FileChannel open(Path file, FileTargetSettings settings) throws IOException {
        Set<PosixFilePermission> permissions = settings.permissions();
        FileAttribute<?>[] attributes = permissions == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes);
        try {
            if (permissions != null) {
                Files.setPosixFilePermissions(file, permissions); // the umask may have taken some away
            }
            return channel;
        } catch (IOException e) {
            try (channel) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    /** Writes all that remains, in as many calls as it takes. */
    void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw FileFailure.explained("write", temporary, e);
        }
    }

    /** Makes the bytes so far durable; more may follow. */
    void sync(FileSync sync) throws IOException {
        try {
            sync.file(channel);
        } catch (IOException e) {
            throw FileFailure.explained("sync", temporary, e);
        }
    }

    /** Makes the bytes durable and closes the file, once; fails if the disk shows another size. */
    void seal(FileSync sync, long size) throws IOException {
        try (channel) {
            sync.file(channel);
        } catch (IOException e) {
            throw FileFailure.explained("sync", temporary, e);
        }
        BasicFileAttributes attributes = FilePlace.attributes(temporary);
        if (attributes == null) {
            throw new IOException("Cannot find '" + temporary + "': somebody removed it while it was written");
        }
        if (attributes.size() != size) {
            throw new IOException(
                    "'" + temporary + "' has " + attributes.size() + " bytes on the disk, " + size + " were written");
        }
    }

    /** Reads the file from its beginning and returns what it holds. */
    ContentDigest readBack() throws IOException {
        CRC32C crc = new CRC32C();
        long size = 0;
        try (InputStream in = Files.newInputStream(temporary, LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[READ_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
                size += count;
            }
        } catch (IOException e) {
            throw FileFailure.explained("read back", temporary, e);
        }
        return new ContentDigest(size, Checksum.crc32c(crc.getValue()));
    }

    /** Puts the file in the place of what exists, in one step. */
    void replace() throws IOException {
        try {
            Files.move(temporary, destination, StandardCopyOption.ATOMIC_MOVE);
            note.gone();
        } catch (IOException e) {
            if (isStaged()) {
                throw new NotAppliedException(FileFailure.explain("rename to", destination, e), e);
            }
            note.gone();
            throw FileFailure.explained("rename to", destination, e);
        }
    }

    /** Tells whether the file is still there; if that cannot be told, nobody aborts the write, so it is left behind. */
    private boolean isStaged() throws IOException {
        try {
            return FilePlace.attributes(temporary) != null;
        } catch (IOException e) {
            note.leftBehind();
            throw e;
        }
    }

    /** Puts the file in its place if nothing is there, in one step. */
    void create() throws IOException {
        try {
            Files.createLink(destination, temporary);
        } catch (UnsupportedOperationException e) {
            throw new NotAppliedException(
                    "Cannot create '" + destination + "' and nothing else: the file system has no hard links", e);
        } catch (IOException e) {
            if (!isLinked()) { // a network file system may have made the link and lost the answer
                throw new NotAppliedException(notLinked(e), e);
            }
        }
        deleteTemporary();
    }

    private String notLinked(IOException e) {
        return e instanceof FileAlreadyExistsException
                ? "Cannot create '" + destination + "': it exists"
                : FileFailure.explain("create (by a hard link)", destination, e);
    }

    /** Tells whether the destination is this very file; fails if that cannot be told. */
    private boolean isLinked() throws IOException {
        BasicFileAttributes there = FilePlace.attributes(destination);
        return there != null && there.isRegularFile() && Files.isSameFile(destination, temporary);
    }

    Path destination() {
        return destination;
    }

    /** Closes and deletes the file, and removes the directories that were made for it if they are empty. */
    void discard() throws IOException {
        try {
            channel.close();
        } finally {
            deleteTemporary();
        }
        directories.removeEmpty(createdDirectories);
    }

    private void deleteTemporary() throws IOException {
        try {
            Files.deleteIfExists(temporary);
            note.gone();
        } catch (IOException e) {
            note.leftBehind();
            throw FileFailure.explained("delete the staged file", temporary, e);
        }
    }

    @Override
    public String toString() {
        return temporary + " for " + destination;
    }
}
