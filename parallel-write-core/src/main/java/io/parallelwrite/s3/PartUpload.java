package io.parallelwrite.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One part on its way, sent again from its buffer when an attempt fails for a reason that may pass.
 *
 * <p>The SDK retries below this (by default a few attempts within a second or so); an attempt here is one call of the SDK
 * with all of its retries. A refusal (4xx) is never sent again.
 *
 * <p>Nothing blocks. {@link #cancel()} may come from any thread at any time. Thread-safe.
 */
final class PartUpload {

    // immutable
    private final S3WriteCalls calls;
    private final int number;
    private final PartBuffer part;
    private final PartBody body;
    private final int attempts;
    private final CompletableFuture<CompletedPart> result = new CompletableFuture<>();
    // mutable: each is written before the other is read, so cancel() and send() cannot both miss each other
    private volatile boolean cancelled;
    private volatile @Nullable CompletableFuture<UploadPartResponse> request;

    PartUpload(S3WriteCalls calls, int number, PartBuffer part, int attempts) {
        this.calls = calls;
        this.number = number;
        this.part = part;
        this.body = part.body();
        this.attempts = attempts;
    }

    /** Sends the part. */
    void start(String uploadId) {
        send(uploadId, 1);
    }

    private void send(String uploadId, int attempt) {
        if (cancelled) {
            return;
        }
        CompletableFuture<UploadPartResponse> sent =
                calls.uploadPart(uploadId, number, body, part.checksum().base64());
        request = sent; // read by cancel()
        if (cancelled) {
            sent.cancel(false);
        }
        sent.whenComplete((response, failure) -> {
            if (failure == null) {
                succeed(response);
            } else {
                retryOrFail(uploadId, attempt, S3Failures.unwrapped(failure));
            }
        });
    }

    private void retryOrFail(String uploadId, int attempt, Throwable failure) {
        if (!cancelled && attempt < attempts && S3Failures.isTransient(failure)) {
            Backoff.after(attempt).execute(() -> send(uploadId, attempt + 1));
        } else {
            fail(S3Failures.failure("UploadPart " + number, calls.object(), failure));
        }
    }

    private void succeed(UploadPartResponse response) {
        CompletedPart completed = CompletedPart.builder()
                .partNumber(number)
                .eTag(response.eTag())
                .checksumCRC32C(part.checksum().base64())
                .build();
        if (body.readCount() == 1) {
            part.recycle(); // the only reader has delivered every byte
        }
        result.complete(completed);
    }

    /** Ends this part with a failure. */
    void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /** Ends this part now: the request of the SDK itself is cancelled, and a pending retry does nothing. */
    void cancel() {
        cancelled = true; // read by send()
        fail(new IOException("UploadPart " + number + " of " + calls.object() + " was cancelled"));
        CompletableFuture<UploadPartResponse> sent = request;
        if (sent != null) {
            sent.cancel(false);
        }
    }

    /** Tells whether some byte of this part was sent. */
    boolean wasSent() {
        return body.readCount() > 0;
    }

    /** Returns how this part ends: exactly once, also when it is cancelled. */
    CompletableFuture<CompletedPart> result() {
        return result;
    }
}
