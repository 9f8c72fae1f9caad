package io.parallelwrite.target;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A target on a disk: a base directory, with one file per object.
 *
 * <p><b>Staging.</b> A write goes to a new file beside the one it will become, with an unpredictable name that begins with
 * {@value TargetPath#RESERVED_PREFIX}. {@code prepare} checks and syncs that file, {@code commit} renames it in one step
 * and syncs the directory, {@code abort} deletes it. A process that is killed leaves its staged files behind, invisible
 * under any path; they are found by the notes of them, or by their names and age.
 *
 * <p><b>Names.</b> No symbolic link below the base is followed: a link among the parents is refused, a link in the place
 * of the object is itself replaced or deleted, and never read through. On a disk that does not tell upper from lower case
 * a write is refused when something exists under another spelling.
 *
 * <p><b>Directories</b> that are missing are made, and removed again if the write that made them is aborted and they are
 * empty. The base is made only by {@link #initialize()}: if it disappears later, its disk may have been unmounted, and
 * everything fails: what is not seen is then not taken for missing or deleted.
 *
 * <p><b>Listing.</b> A listing holds the names in one directory and in those above it. It passes over symbolic links, and
 * over staged files without counting them.
 *
 * <p><b>Failure.</b> A commit that fails is {@link NotAppliedException} if the staged file is still there afterwards, for
 * a rename moves it or does not. Everything else is an {@link IOException}: in doubt, for example when the rename was
 * made and the sync of the directory failed.
 *
 * <p>Every method blocks on the disk, for as long as the disk takes. Thread-safe.
 */
public final class FileTarget implements Target {

    private final String name;
    private final Path base;
    private final FileTargetSettings settings;
    private final FileSync sync;
    private final FileDirectories directories;
    private final OpenStaging open = new OpenStaging();

    /** Written once under the monitor by {@link #initialize()}, read by every call. */
    private volatile @Nullable FilePlace place;

    /**
     * Creates a target; touches no disk.
     *
     * @param name the name under which it is configured
     * @param base the directory below which objects are kept
     * @param settings how it writes
     */
    public FileTarget(String name, Path base, FileTargetSettings settings) {
        this(name, base, settings, settings.sync() ? FileSync.DEVICE : FileSync.NONE);
    }

    FileTarget(String name, Path base, FileTargetSettings settings, FileSync sync) {
        this.name = name;
        this.base = base.toAbsolutePath();
        this.settings = settings;
        this.sync = sync;
        this.directories = new FileDirectories(sync);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String scheme() {
        return FileTargetFactory.SCHEME;
    }

    /**
     * Returns the real path of the base as a URI; of a base that does not exist yet, as far as it exists.
     *
     * @return the URI, with a trailing {@code /}
     */
    @Override
    public String place() {
        String uri = FileBase.realPath(base).toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    @Override
    public boolean staged() {
        return true;
    }

    /**
     * Makes the base directory, and proves that it can be written by creating, syncing and deleting a file.
     *
     * @throws IOException if that fails; the message says what to do
     */
    @Override
    public synchronized void initialize() throws IOException {
        place = new FileBase(base, settings, sync).prepare(directories);
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        FilePlace current = currentPlace();
        FileSighting seen = current.look(request.path());
        String obstacle = seen.obstacleToWriting();
        if (obstacle != null) {
            throw new RequestRefusedException("Cannot write '" + request.path() + "': " + obstacle, null);
        }
        if (request.createOnly() && seen.attributes() != null) {
            throw new FileAlreadyExistsException(
                    seen.at().toString(), null, "a file exists there, and this write may only create one");
        }
        StagedFile staged =
                StagedFile.create(current, request.path(), settings, new StagedFile.Shared(directories, open));
        return CompletableFuture.completedStage(new FileTargetWrite(this, settings, request, staged));
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        FileSighting seen;
        try {
            seen = currentPlace().look(path);
        } catch (IOException e) {
            throw new NotAppliedException(String.valueOf(e.getMessage()), e);
        }
        switch (seen.kind()) {
            case FILE, LINK, MISSING -> deleteFile(seen.at());
            case MISSING_PARENT, PARENT_NOT_DIRECTORY, OTHER_SPELLING -> {}
            case DIRECTORY, SPECIAL, PARENT_LINK -> {
                String obstacle = Objects.requireNonNullElse(seen.obstacleToWriting(), "");
                throw new RequestRefusedException("Cannot delete '" + path + "': " + obstacle, null);
            }
        }
        return TargetWrite.done();
    }

    /** Deletes a file if it is there, and syncs its directory even if not: an earlier delete may have failed to. */
    private void deleteFile(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            if (FilePlace.attributes(file) != null) {
                throw new NotAppliedException(FileFailure.explain("delete", file, e), e);
            }
            throw FileFailure.explained("delete", file, e);
        }
        syncDirectoryOf(file, "is deleted");
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) throws IOException {
        BasicFileAttributes attributes = visible(path);
        return Optional.ofNullable(attributes).map(StoredObject::ofFile);
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        Path file = currentPlace().file(path);
        try {
            if (visible(path) != null) {
                return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (NoSuchFileException e) { // deleted since, if the base is there
            currentPlace().checkThere("read '" + path + "' in");
            throw missing(path);
        }
        throw missing(path);
    }

    @Override
    public TargetListing list(TargetPrefix prefix, @Nullable TargetPath after) throws IOException {
        return FileListing.open(currentPlace(), new ListingRange(prefix, after));
    }

    @Override
    public void keepNotes(StagingNotes notes) {
        open.keepNotes(notes);
    }

    @Override
    public void discardStaged(TargetPath path, String what) throws IOException {
        new StagedFiles(currentPlace(), open).discard(path, what);
    }

    /** Deletes old files below the base whose names are those of staged files. Nothing else can have such a name. */
    @Override
    public void sweepStaged(StagedSweep sweep) throws IOException {
        new StagedFiles(currentPlace(), open).sweep(sweep);
    }

    /** Makes the entries of the directory of a file durable; a failure says that the change is visible all the same. */
    void syncDirectoryOf(Path file, String change) throws IOException {
        Path directory = FilePlace.directoryOf(file);
        try {
            sync.directory(directory);
        } catch (IOException e) {
            String undone = "'" + file.getFileName() + "' " + change + ", but a power cut may undo that. ";
            throw new IOException(undone + FileFailure.explain("sync", directory, e), e);
        }
    }

    FileSync sync() {
        return sync;
    }

    FilePlace currentPlace() throws IOException {
        FilePlace current = place;
        if (current == null) {
            initialize();
            current = Objects.requireNonNull(place, "set by initialize");
        }
        return current;
    }

    private @Nullable BasicFileAttributes visible(TargetPath path) throws IOException {
        FileSighting seen = currentPlace().look(path);
        String obstacle = seen.obstacleToReading();
        if (obstacle != null) {
            throw new IOException("Cannot read '" + path + "': " + obstacle);
        }
        return seen.showsNothing() ? null : seen.attributes();
    }

    private FileNotFoundException missing(TargetPath path) {
        return new FileNotFoundException("Target '" + name + "' holds no object '" + path + "'");
    }

    @Override
    public String toString() {
        return name + " (" + base + ")";
    }
}
