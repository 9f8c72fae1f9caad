package io.parallelwrite.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;

/**
 * Discards a multipart upload and all of its parts. An upload that is gone is as good as discarded.
 *
 * <p>Nothing blocks. Thread-safe.
 *
 * @param calls sends the requests
 * @param key the key the upload is for
 * @param id the upload
 * @param mayPartsLand whether a part may still arrive; then the upload is looked for afterwards
 */
record S3Abort(S3Calls calls, String key, String id, BooleanSupplier mayPartsLand) {

    /** With the pauses between them, two seconds: a part whose request was cancelled may take so long to land. */
    private static final int ATTEMPTS = 5;

    private static final int ABORTED = 204;

    /** Completes when it is gone; fails with a message that names the upload. */
    CompletableFuture<Void> run() {
        return attempt(1);
    }

    private CompletableFuture<Void> attempt(int attempt) {
        return calls.abort(key, id)
                .handle((answer, failure) -> {
                    Throwable cause = failure == null ? odd(answer) : S3Failures.unwrapped(failure);
                    if (cause != null && !S3Failures.isNotFound(cause)) {
                        return CompletableFuture.<Void>failedFuture(leftBehind(cause));
                    }
                    return mayPartsLand.getAsBoolean() ? againIfThere(attempt) : gone();
                })
                .thenCompose(aborted -> aborted);
    }

    /** Another success than that of S3 may come from something in between, and proves nothing. */
    private static @Nullable IOException odd(AbortMultipartUploadResponse answer) {
        int status = answer.sdkHttpResponse().statusCode();
        return status == ABORTED ? null : new IOException("a success came that S3 does not give, " + status);
    }

    /** A part that was landing while the upload was aborted may keep it alive; so it is looked for, and aborted again. */
    private CompletableFuture<Void> againIfThere(int attempt) {
        return calls.listParts(key, id)
                .handle((parts, failure) -> {
                    if (failure != null || parts.parts().isEmpty()) {
                        return gone(); // or it cannot be seen, and then the answer to the abort has to do
                    }
                    if (attempt == ATTEMPTS) {
                        return CompletableFuture.<Void>failedFuture(leftBehind(null));
                    }
                    return CompletableFuture.supplyAsync(() -> attempt(attempt + 1), Backoff.after(attempt))
                            .thenCompose(aborted -> aborted);
                })
                .thenCompose(aborted -> aborted);
    }

    private IOException leftBehind(@Nullable Throwable cause) {
        String object = calls.location().object(key);
        String what = cause == null
                ? "AbortMultipartUpload of " + object + " left parts"
                : S3Failures.describe("AbortMultipartUpload", object, cause);
        return new IOException(
                what + ". The upload " + id + " may be left behind, invisible but stored; a lifecycle rule with"
                        + " AbortIncompleteMultipartUpload removes it",
                cause);
    }

    private static CompletableFuture<Void> gone() {
        return CompletableFuture.completedFuture(null);
    }
}
