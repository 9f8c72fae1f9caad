package io.parallelwrite.target;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

/**
 * A target over any Spring {@link WritableResource}: what has no kind of its own, and only the guarantees of a stream.
 *
 * <p><b>Not staged.</b> A {@code WritableResource} offers an output stream and nothing else. When its bytes become visible
 * is the resource's own affair: as they are written, or when the stream is closed. What existed may be gone as soon as the
 * stream is opened, so the stream is opened as late as possible: at the first byte, or for an empty object in
 * {@code prepare}. A write aborted before that has changed nothing.
 *
 * <p><b>Abort.</b> If the stream has a public method {@code abort()}, that is called. Otherwise, if the resource is a file,
 * the stream is closed and the file deleted; the abort fails if that file existed before, for its bytes are lost. Otherwise
 * the abort fails. A failed abort is reported in doubt. No stream but that of a file is ever closed by an abort: closing
 * would publish what was written so far.
 *
 * <p><b>Receipt.</b> The size, if the resource can tell it without reading everything; otherwise nothing.
 *
 * <p><b>Create-only</b> is a look before the write: what somebody else creates between the look and the commit is
 * overwritten. <b>Delete</b> and <b>listing</b>
 * work on files only. <b>Attributes</b> are not kept. <b>Symbolic links</b> are followed.
 *
 * <p>Every method blocks as long as the resource does. Thread-safe if the resource is.
 */
public final class ResourceTarget implements Target {

    private final String name;
    private final String location;
    private final Resource base;

    /**
     * Creates a target; opens nothing.
     *
     * @param name the name under which it is configured
     * @param location where the resource is, as configured, ending in {@code /}
     * @param base the resource whose {@link Resource#createRelative relatives} are the objects
     */
    public ResourceTarget(String name, String location, Resource base) {
        this.name = name;
        this.location = location;
        this.base = base;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String scheme() {
        return TargetDefinition.of(name, location).scheme();
    }

    @Override
    public String place() {
        return ResourceLocation.place(location, base);
    }

    @Override
    public boolean staged() {
        return false;
    }

    @Override
    public CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException {
        Resource resource = object(request.path());
        if (!(resource instanceof WritableResource writable) || !isWritable(writable)) {
            throw new RequestRefusedException(
                    "Cannot write '" + request.path() + "': " + base + " has no writable resource for it", null);
        }
        if (request.createOnly() && stat(request.path()).isPresent()) {
            throw new FileAlreadyExistsException(place() + request.path());
        }
        return CompletableFuture.completedStage(new ResourceTargetWrite(this, request.path(), writable));
    }

    /** A file that does not exist yet is writable; some resources say it is not. */
    private static boolean isWritable(WritableResource resource) {
        return resource.isWritable() || (resource.isFile() && !resource.exists());
    }

    @Override
    public CompletionStage<?> delete(TargetPath path) throws IOException {
        Resource resource = object(path);
        if (!resource.isFile()) {
            throw new RequestRefusedException(
                    "Cannot delete '" + path + "': " + base + " offers no way to; delete it by the means of that store",
                    null);
        }
        if (Files.isDirectory(resource.getFile().toPath())) {
            throw new RequestRefusedException("Cannot delete '" + path + "': it is a directory", null);
        }
        Files.deleteIfExists(resource.getFile().toPath());
        return TargetWrite.done();
    }

    @Override
    public Optional<StoredObject> stat(TargetPath path) throws IOException {
        Resource resource = object(path);
        try {
            if (!resource.exists() || isDirectory(resource)) {
                return Optional.empty();
            }
            return Optional.of(new StoredObject(size(resource), lastModified(resource), null, null));
        } catch (RuntimeException e) {
            throw failed("describe", path, e);
        }
    }

    @Override
    public InputStream read(TargetPath path) throws IOException {
        Resource resource = object(path);
        try {
            if (!isDirectory(resource) && resource.exists()) {
                return resource.getInputStream();
            }
        } catch (NoSuchFileException e) {
            throw missing(path);
        } catch (RuntimeException e) {
            throw failed("read", path, e);
        }
        throw missing(path);
    }

    /**
     * Lists the files below the base, if it is a directory on a disk. Symbolic links are passed over here, and counted.
     *
     * @throws ListingUnsupportedException if the base is anything else
     */
    @Override
    public TargetListing list(TargetPrefix prefix, @Nullable TargetPath after) throws IOException {
        if (!base.isFile()) {
            throw new ListingUnsupportedException(
                    name, base + " offers no way to; use a kind of target that can list, as file: or s3:");
        }
        return FileListing.open(ResourceLocation.filePlace(base), new ListingRange(prefix, after));
    }

    /** Returns the size a resource tells without reading everything, or -1. */
    long size(Resource resource) throws IOException {
        return ResourceLocation.tells(resource, "contentLength") ? resource.contentLength() : -1;
    }

    private static @Nullable Instant lastModified(Resource resource) throws IOException {
        long millis = ResourceLocation.tells(resource, "lastModified") ? resource.lastModified() : 0;
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static boolean isDirectory(Resource resource) throws IOException {
        return resource.isFile() && Files.isDirectory(resource.getFile().toPath());
    }

    /** Returns the resource of an object, fresh: some remember what they were asked once. */
    Resource object(TargetPath path) throws IOException {
        try {
            return ResourceLocation.relative(base, path);
        } catch (RuntimeException e) {
            throw failed("find", path, e);
        }
    }

    /** Returns what an unchecked exception of a resource or stream is for the caller. */
    IOException failed(String tried, TargetPath path, RuntimeException e) {
        return new IOException("Cannot " + tried + " '" + path + "' in " + place() + ": " + e, e);
    }

    private FileNotFoundException missing(TargetPath path) {
        return new FileNotFoundException("Target '" + name + "' holds no object '" + path + "'");
    }

    @Override
    public String toString() {
        return name + " (" + place() + ")";
    }
}
