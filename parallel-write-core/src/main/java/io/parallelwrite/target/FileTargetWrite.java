package io.parallelwrite.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/**
 * A write to a {@link FileTarget}: a staged file that is renamed at the commit.
 *
 * <p>Every method does its work on the calling worker and blocks on the disk. Ends when committed or aborted. Not
 * thread-safe, as {@link TargetWrite} says.
 */
final class FileTargetWrite implements TargetWrite {

    /**
     * After so many bytes the file is synced while it is still being written. The other targets stream on meanwhile, and the
     * sync in {@code prepare}, for which all of them wait, has little left to do, however large the object is.
     */
    static final int SYNC_BYTES = 32 << 20;

    private final FileTarget target;
    private final FileTargetSettings settings;
    private final WriteRequest request;
    private final StagedFile staged;
    private final CRC32C crc = new CRC32C();
    private long size;
    private long syncedSize;

    FileTargetWrite(FileTarget target, FileTargetSettings settings, WriteRequest request, StagedFile staged) {
        this.target = target;
        this.settings = settings;
        this.request = request;
        this.staged = staged;
    }

    @Override
    public CompletionStage<?> write(ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        size += bytes.remaining();
        staged.write(bytes);
        if (size - syncedSize >= SYNC_BYTES) {
            staged.sync(target.sync());
            syncedSize = size;
        }
        return TargetWrite.done();
    }

    @Override
    public CompletionStage<?> prepare(ContentDigest content) throws IOException {
        StagedContent.check(request.path(), digest(), content);
        staged.seal(target.sync(), size);
        if (settings.readBack()) {
            StagedContent.check(request.path(), staged.readBack(), content);
        }
        return TargetWrite.done();
    }

    @Override
    public CompletionStage<Receipt> commit() throws IOException {
        checkPlace();
        if (request.createOnly()) {
            staged.create();
        } else {
            staged.replace();
        }
        target.syncDirectoryOf(staged.destination(), "is visible");
        Strength strength = settings.readBack() ? Strength.FULL_OBJECT : Strength.WRITTEN;
        return CompletableFuture.completedStage(new Receipt(size, digest().checksum(), strength, null));
    }

    /** Looks at the way to the file once more: it may have changed while the bytes were streamed. */
    private void checkPlace() throws NotAppliedException {
        try {
            FilePlace place = target.currentPlace();
            String obstacle = place.look(request.path()).obstacleToWriting();
            if (obstacle != null) {
                throw new RequestRefusedException("Cannot write '" + request.path() + "': " + obstacle, null);
            }
            place.checkInside(FilePlace.directoryOf(staged.destination()));
        } catch (IOException e) {
            throw new NotAppliedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public CompletionStage<?> abort() throws IOException {
        staged.discard();
        return TargetWrite.done();
    }

    private ContentDigest digest() {
        return new ContentDigest(size, Checksum.crc32c(crc.getValue()));
    }
}
