package io.parallelwrite.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/** A write to a {@link MemoryTarget}: a buffer until the commit. */
final class MemoryTargetWrite implements TargetWrite {

    private final MemoryTarget target;
    private final WriteRequest request;
    private final ByteArrayOutputStream staged = new ByteArrayOutputStream();
    private final CRC32C crc = new CRC32C();

    MemoryTargetWrite(MemoryTarget target, WriteRequest request) {
        this.target = target;
        this.request = request;
    }

    WriteRequest request() {
        return request;
    }

    @Override
    public CompletionStage<?> write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        crc.update(copy);
        staged.writeBytes(copy);
        return TargetWrite.done();
    }

    @Override
    public CompletionStage<?> prepare(ContentDigest content) throws IOException {
        StagedContent.check(request.path(), new ContentDigest(staged.size(), checksum()), content);
        return TargetWrite.done();
    }

    @Override
    public CompletionStage<Receipt> commit() throws NotAppliedException {
        if (!target.publish(this, staged.toByteArray(), checksum())) {
            throw new NotAppliedException(
                    "Target '" + target.name() + "' did not create '" + request.path() + "': it exists", null);
        }
        return CompletableFuture.completedStage(new Receipt(staged.size(), checksum(), Strength.FULL_OBJECT, null));
    }

    @Override
    public CompletionStage<?> abort() {
        target.forget(this);
        return TargetWrite.done();
    }

    private Checksum checksum() {
        return Checksum.crc32c(crc.getValue());
    }
}
