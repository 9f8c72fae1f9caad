package io.parallelwrite.target;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.WritableResource;

/**
 * A write to a {@link ResourceTarget}: one output stream, opened as late as possible and closed by the commit.
 *
 * <p>Every method blocks as long as the stream does. Not thread-safe, as {@link TargetWrite} says.
 */
final class ResourceTargetWrite implements TargetWrite {

    private static final int COPY_BYTES = 8 * 1024;

    private final ResourceTarget target;
    private final TargetPath path;
    private final WritableResource resource;
    private final CRC32C crc = new CRC32C();
    private long size;
    private boolean existed;
    private boolean begun;
    private @Nullable OutputStream stream;

    ResourceTargetWrite(ResourceTarget target, TargetPath path, WritableResource resource) {
        this.target = target;
        this.path = path;
        this.resource = resource;
    }

    @Override
    public CompletionStage<?> write(ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            return TargetWrite.done();
        }
        crc.update(bytes.duplicate());
        size += bytes.remaining();
        try {
            copy(bytes, openStream());
        } catch (RuntimeException e) {
            throw target.failed("write", path, e);
        }
        return TargetWrite.done();
    }

    private static void copy(ByteBuffer bytes, OutputStream to) throws IOException {
        if (bytes.hasArray()) {
            to.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
            return;
        }
        byte[] copy = new byte[Math.min(bytes.remaining(), COPY_BYTES)];
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), copy.length);
            bytes.get(copy, 0, count);
            to.write(copy, 0, count);
        }
    }

    private OutputStream openStream() throws IOException {
        OutputStream open = stream;
        if (open == null) {
            existed = resource.exists();
            if (resource.isFile()) {
                Files.createDirectories(
                        FilePlace.directoryOf(resource.getFile().toPath().toAbsolutePath()));
            }
            begun = true; // from here on, even a failure may have changed what is visible
            open = resource.getOutputStream();
            stream = open;
        }
        return open;
    }

    @Override
    public CompletionStage<?> prepare(ContentDigest content) throws IOException {
        StagedContent.check(path, new ContentDigest(size, Checksum.crc32c(crc.getValue())), content);
        try {
            openStream().flush();
        } catch (RuntimeException e) {
            throw target.failed("prepare", path, e);
        }
        return TargetWrite.done();
    }

    /** Always: what the stream does when it is closed cannot be prepared. */
    @Override
    public boolean commitsFirst() {
        return true;
    }

    @Override
    public CompletionStage<Receipt> commit() throws IOException {
        try {
            openStream().close();
        } catch (RuntimeException e) {
            throw target.failed("commit", path, e);
        }
        return CompletableFuture.completedStage(receipt());
    }

    /** Asks for the size; a resource that will not tell has committed all the same. */
    private Receipt receipt() {
        try {
            long stored = target.size(target.object(path));
            return stored < 0 ? Receipt.UNKNOWN : new Receipt(stored, null, Strength.SIZE_ONLY, null);
        } catch (IOException | RuntimeException e) {
            return Receipt.UNKNOWN;
        }
    }

    @Override
    public CompletionStage<?> abort() throws IOException {
        if (!begun) {
            return TargetWrite.done();
        }
        OutputStream open = stream;
        StreamAbort abort = open == null ? null : StreamAbort.of(open);
        if (abort != null) {
            abort.call();
        } else if (resource.isFile()) {
            closeAndDelete(open);
        } else {
            // Not closed: a closed stream has certainly published a part, an abandoned one perhaps nothing.
            throw new IOException(
                    "'" + path + "' in " + target.place() + " may show a part of what was written, for its "
                            + "stream cannot be aborted and the object not deleted; look at it, and delete it there");
        }
        return TargetWrite.done();
    }

    private void closeAndDelete(@Nullable OutputStream open) throws IOException {
        try {
            if (open != null) {
                open.close();
            }
        } catch (RuntimeException e) {
            throw target.failed("close", path, e);
        } finally {
            Files.deleteIfExists(resource.getFile().toPath());
        }
        if (existed) {
            throw new IOException("What existed as '" + path + "' in " + target.place()
                    + " was overwritten by the write that is now aborted, and cannot be brought back");
        }
    }
}
