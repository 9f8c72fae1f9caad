package io.parallelwrite.s3;

import io.parallelwrite.target.ContentDigest;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/**
 * One multipart upload, from its creation to its completion or abort.
 *
 * <p>The request that creates it is never cancelled: its answer holds the only name by which the upload can be aborted.
 * An upload whose creation was never answered cannot be found again; only a lifecycle rule of the bucket removes it.
 *
 * <p>Nothing blocks. {@link #cancel()} may come from any thread at any time. Thread-safe.
 */
final class S3Upload {

    private static final int ABORT_ATTEMPTS = 3;

    // immutable
    private final S3WriteCalls calls;
    private final int partAttempts;
    private final CompletableFuture<String> uploadId;
    // mutable, guarded by this
    private final Map<Integer, CompletedPart> completed = new TreeMap<>();
    private final Set<PartUpload> inFlight = new HashSet<>();
    private boolean cancelled;
    private boolean partsMayLand;

    /** Creates the upload at the service. */
    S3Upload(S3WriteCalls calls, int partAttempts) {
        this.calls = calls;
        this.partAttempts = partAttempts;
        this.uploadId = calls.create().thenApply(CreateMultipartUploadResponse::uploadId);
    }

    /** Sends a part as soon as the upload exists; completes when the service has it. */
    CompletableFuture<Void> send(int number, PartBuffer buffer) {
        PartUpload part = new PartUpload(calls, number, buffer, partAttempts);
        if (!admit(part)) {
            part.cancel();
        }
        CompletableFuture<Void> ended = part.result().handle((completedPart, failure) -> {
            end(number, part, failure == null ? completedPart : null);
            if (failure != null) {
                throw S3Failures.wrapped(failure);
            }
            return null;
        });
        uploadId.whenComplete((id, failure) -> {
            if (failure == null) {
                part.start(id);
            } else {
                part.fail(S3Failures.failure("CreateMultipartUpload", calls.object(), S3Failures.unwrapped(failure)));
            }
        });
        return ended;
    }

    private synchronized boolean admit(PartUpload part) {
        return !cancelled && inFlight.add(part);
    }

    private synchronized void end(int number, PartUpload part, @Nullable CompletedPart completedPart) {
        inFlight.remove(part);
        if (completedPart != null) {
            completed.put(number, completedPart);
        } else {
            partsMayLand |= part.wasSent();
        }
    }

    /** Ends all parts in flight now, and every later one. */
    void cancel() {
        List<PartUpload> parts;
        synchronized (this) {
            cancelled = true;
            parts = List.copyOf(inFlight);
        }
        parts.forEach(PartUpload::cancel);
    }

    /** Makes the object visible; returns the future of the SDK. All parts have ended. */
    CompletableFuture<CompleteMultipartUploadResponse> complete(ContentDigest content) {
        List<CompletedPart> parts;
        synchronized (this) {
            parts = List.copyOf(completed.values());
        }
        return calls.complete(uploadId.join(), parts, content);
    }

    /**
     * Tells whether the service still holds parts of the upload, so that it was neither completed nor aborted. Some
     * servers answer with an empty list, not with an error, for an upload that is gone.
     */
    CompletableFuture<Boolean> exists() {
        return calls.listParts(uploadId.join()).handle((parts, failure) -> {
            if (failure == null) {
                return parts.hasParts() && !parts.parts().isEmpty();
            }
            Throwable cause = S3Failures.unwrapped(failure);
            if (S3Failures.isNotFound(cause)) {
                return false;
            }
            throw S3Failures.wrapped(S3Failures.failure("ListParts", calls.object(), cause));
        });
    }

    /** Discards the upload and all of its parts, also when it is only being created. */
    CompletableFuture<Void> abort() {
        cancel();
        return uploadId.handle((id, failure) -> failure == null ? abort(id, 1) : nothing())
                .thenCompose(aborted -> aborted);
    }

    private CompletableFuture<Void> abort(String id, int attempt) {
        return calls.abort(id)
                .handle((answer, failure) -> {
                    Throwable cause = failure == null ? null : S3Failures.unwrapped(failure);
                    if (cause != null && !S3Failures.isNotFound(cause)) {
                        return CompletableFuture.<Void>failedFuture(leftBehind(id, cause));
                    }
                    return mayPartsLand() ? abortAgainIfThere(id, attempt) : nothing();
                })
                .thenCompose(aborted -> aborted);
    }

    /** A part that was landing while the upload was aborted may keep it alive; so it is looked for, and aborted again. */
    private CompletableFuture<Void> abortAgainIfThere(String id, int attempt) {
        return calls.listParts(id)
                .handle((parts, failure) -> {
                    if (failure != null || parts.parts().isEmpty()) {
                        return nothing(); // gone; or it cannot be seen, and then the answer to the abort has to do
                    }
                    if (attempt == ABORT_ATTEMPTS) {
                        return CompletableFuture.<Void>failedFuture(leftBehind(id, null));
                    }
                    return CompletableFuture.supplyAsync(() -> abort(id, attempt + 1), Backoff.after(attempt))
                            .thenCompose(aborted -> aborted);
                })
                .thenCompose(aborted -> aborted);
    }

    private synchronized boolean mayPartsLand() {
        return partsMayLand;
    }

    private IOException leftBehind(String id, @Nullable Throwable cause) {
        String what = cause == null
                ? "AbortMultipartUpload of " + calls.object() + " left parts"
                : S3Failures.describe("AbortMultipartUpload", calls.object(), cause);
        return new IOException(
                what + ". The upload " + id + " may be left behind, invisible but stored; a lifecycle rule with"
                        + " AbortIncompleteMultipartUpload removes it",
                cause);
    }

    private static CompletableFuture<Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
