package io.parallelwrite.benchmarks;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** A write to a {@link DiscardingTarget}. Not thread-safe, as {@link TargetWrite} says. */
final class DiscardingWrite implements TargetWrite {

    private final CRC32C crc = new CRC32C();
    private final LongConsumer pace;
    private long byteCount;

    DiscardingWrite(LongConsumer pace) {
        this.pace = pace;
    }

    @Override
    public CompletionStage<?> write(ByteBuffer bytes) {
        int taken = bytes.remaining();
        crc.update(bytes);
        pace.accept(taken);
        byteCount += taken;
        return TargetWrite.done();
    }

    @Override
    public CompletionStage<?> prepare(ContentDigest content) throws IOException {
        if (!content.equals(digest())) {
            throw new IOException("Received " + digest() + ", but " + content + " were sent");
        }
        return TargetWrite.done();
    }

    @Override
    public CompletionStage<Receipt> commit() {
        return CompletableFuture.completedStage(
                new Receipt(byteCount, digest().checksum(), Strength.FULL_OBJECT, null));
    }

    @Override
    public CompletionStage<?> abort() {
        return TargetWrite.done();
    }

    private ContentDigest digest() {
        return new ContentDigest(byteCount, Checksum.crc32c(crc.getValue()));
    }
}
