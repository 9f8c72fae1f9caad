package io.parallelwrite.s3;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.StagingIntent;
import io.parallelwrite.target.StagingNote;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/**
 * One multipart upload, from its creation to its completion or abort.
 *
 * <p>The request that creates it is never cancelled: its answer holds the only name by which the upload can be aborted.
 * That it is about to be created is noted before the request is sent, and its name as soon as it is known; an upload whose
 * creation was never answered is looked for under its key.
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
        StagingIntent intent = calls.intend();
        RetryCount retries = new RetryCount();
        this.uploadId = calls.create(retries).handle((created, failure) -> {
            if (failure == null && retries.isPositive()) {
                calls.intend().leftBehind(); // an attempt before may have created another one
            }
            return noted(intent, created, failure);
        });
    }

    private String noted(StagingIntent intent, CreateMultipartUploadResponse created, @Nullable Throwable failure) {
        String id = failure == null ? created.uploadId() : null;
        if (id != null) {
            note = intent.staged(id);
            return id;
        }
        if (failure == null) {
            intent.leftBehind();
            throw new CompletionException(S3Failures.notS3("CreateMultipartUpload", calls.object()));
        }
        if (S3Failures.provesNothingBegun(S3Failures.unwrapped(failure))) {
            intent.gone();
        } else {
            intent.leftBehind();
        }
        throw S3Failures.wrapped(failure);
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
