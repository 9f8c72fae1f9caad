package io.parallelwrite.s3;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One write to S3: bytes are copied into parts, full parts travel at once, and the commit makes them one object.
 *
 * <p>An object of up to one part is kept in memory until the commit, which then is one {@code PutObject}: until a request
 * is sent, nothing has to be discarded.
 *
 * <p>No method blocks; stages are completed by threads of the SDK. Not thread-safe but for {@link #cancel()}: the calls of
 * the engine come one at a time.
 */
final class S3TargetWrite implements TargetWrite {

    // immutable
    private final S3WriteCalls calls;
    private final S3Parts parts;
    // mutable, confined to the calls of the engine
    private @Nullable ContentDigest prepared;
    // mutable; written by commit, read by cancel() and abort()
    private volatile boolean committing;
    private volatile boolean applicationExcluded;

    S3TargetWrite(S3WriteCalls calls, S3Parts parts) {
        this.calls = calls;
        this.parts = parts;
    }

    @Override
    public CompletionStage<?> write(ByteBuffer bytes) {
        return parts.take(bytes);
    }

    @Override
    public CompletionStage<?> prepare(ContentDigest content) throws IOException {
        ContentDigest received = parts.digest();
        if (!received.equals(content)) {
            throw new IOException("The bytes for " + calls.object() + " changed on their way here: " + received
                    + " arrived, " + content + " were written");
        }
        prepared = content;
        return parts.finish();
    }

    @Override
    public CompletionStage<Receipt> commit() {
        ContentDigest content = prepared;
        if (content == null) {
            throw new IllegalStateException("prepare() must succeed before commit()");
        }
        committing = true; // read by cancel() and abort()
        S3Upload upload = parts.upload();
        return upload == null
                ? commit(content, parts.takeSinglePart())
                : commit(content, new S3Publication.Completion(calls, upload, content))
                        .whenComplete((receipt, failure) -> {
                            if (!applicationExcluded) { // else it is aborted
                                upload.ended(failure == null);
                            }
                        });
    }

    private CompletableFuture<Receipt> commit(ContentDigest content, PartBuffer part) {
        PartBody body = part.body();
        return commit(content, new S3Publication.SinglePut(calls, body, content))
                .whenComplete((receipt, failure) -> {
                    if (failure == null && body.readCount() == 1) {
                        part.recycle(); // the only reader has delivered every byte
                    }
                });
    }

    private CompletableFuture<Receipt> commit(ContentDigest content, S3Publication publication) {
        return new S3Commit(calls, content, publication).run().whenComplete((receipt, failure) -> {
            if (failure != null && S3Failures.unwrapped(failure) instanceof NotAppliedException) {
                applicationExcluded = true; // read by abort()
            }
        });
    }

    /** Discards the upload, unless a commit was sent and may have been applied: then it must not be touched. */
    @Override
    public CompletionStage<?> abort() throws IOException {
        if (committing && !applicationExcluded) {
            throw new IOException("The write of " + calls.object()
                    + " was not aborted, because its commit was sent and may have been applied");
        }
        return parts.abort();
    }

    /** Always: a service can go away at any time, and an object of one part travels with its commit. */
    @Override
    public boolean commitsFirst() {
        return true;
    }

    /** Ends requests in flight, but never a commit, which would then be in doubt. */
    @Override
    public void cancel() {
        if (!committing) {
            parts.cancel();
        }
    }
}
