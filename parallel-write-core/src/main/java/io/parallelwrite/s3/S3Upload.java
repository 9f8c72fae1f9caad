package io.parallelwrite.s3;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.StagingNote;
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
 * It is noted as soon as it is known. An upload whose creation was never answered is found by its age alone.
 *
 * <p>Nothing blocks. {@link #cancel()} may come from any thread at any time. Thread-safe.
 */
final class S3Upload {

    // immutable
    private final S3WriteCalls calls;
    private final int partAttempts;
    private final CompletableFuture<String> uploadId;
    // written before the id is known, read when it is
    private volatile StagingNote note = StagingNote.NONE;
    // mutable, guarded by this
    private final Map<Integer, CompletedPart> completed = new TreeMap<>();
    private final Set<PartUpload> inFlight = new HashSet<>();
    private boolean cancelled;
    private boolean partsMayLand;

    /** Creates the upload at the service. */
    S3Upload(S3WriteCalls calls, int partAttempts) {
        this.calls = calls;
        this.partAttempts = partAttempts;
        this.uploadId = calls.create().thenApply(this::noted);
    }

    private String noted(CreateMultipartUploadResponse created) {
        note = calls.note(created.uploadId());
        return created.uploadId();
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
        String id = uploadId.join();
        note.publishing();
        return calls.complete(id, parts, content);
    }

    /** The request that completes it has ended, and nobody aborts it any more. */
    void ended(boolean completed) {
        if (completed) {
            note.gone();
        } else {
            note.leftBehind();
        }
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
        return uploadId.handle((id, failure) -> failure == null
                        ? calls.abort(id, this::mayPartsLand).run().whenComplete((gone, left) -> ended(left == null))
                        : CompletableFuture.<Void>completedFuture(null))
                .thenCompose(aborted -> aborted);
    }

    private synchronized boolean mayPartsLand() {
        return partsMayLand;
    }
}
