package io.parallelwrite.s3;

import io.parallelwrite.target.NotAppliedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The objects of one target, outside writes: looking, reading, deleting.
 *
 * <p>Thread-safe.
 */
final class S3Objects {

    private static final int DELETE_ATTEMPTS = 3;

    /** What S3 answers to a delete. Other answers that mean success are looked into: they may come from in between. */
    private static final int DELETED = 204;

    private final S3Calls calls;

    S3Objects(S3Calls calls) {
        this.calls = calls;
    }

    /** Tells whether an object exists. Without permission to list the bucket, S3 says 403 for one that does not. */
    CompletableFuture<Boolean> exists(String key) {
        return calls.head(key).handle((head, failure) -> {
            if (failure == null) {
                return true;
            }
            Throwable cause = S3Failures.unwrapped(failure);
            if (S3Failures.isNotFound(cause) || S3Failures.status(cause) == 403) {
                return false; // the condition on the commit decides
            }
            throw S3Failures.wrapped(
                    S3Failures.failure("HeadObject", calls.location().object(key), cause));
        });
    }

    /** Describes an object. Blocks for at most the attempts of one request. */
    Optional<HeadObjectResponse> stat(String key) throws IOException {
        try {
            HeadObjectResponse head = await(calls.head(key));
            if (head.contentLength() == null || head.lastModified() == null) {
                throw new IOException(notS3("HeadObject", key));
            }
            return Optional.of(head);
        } catch (ExecutionException e) {
            Throwable cause = S3Failures.unwrapped(e);
            if (S3Failures.isNotFound(cause)) {
                return Optional.empty();
            }
            throw S3Failures.failure("HeadObject", calls.location().object(key), cause);
        }
    }

    /** Opens an object for reading. Blocks until its first bytes arrive. */
    InputStream read(String key) throws IOException {
        String object = calls.location().object(key);
        try {
            ResponseInputStream<GetObjectResponse> bytes = await(calls.get(key));
            if (bytes.response().eTag() == null) {
                bytes.abort();
                throw new IOException(notS3("GetObject", key));
            }
            return new S3ObjectStream(bytes, object);
        } catch (ExecutionException e) {
            Throwable cause = S3Failures.unwrapped(e);
            if (S3Failures.isNotFound(cause) && !S3Failures.isNoSuchBucket(cause)) {
                FileNotFoundException missing = new FileNotFoundException("There is no object " + object);
                missing.initCause(cause);
                throw missing;
            }
            throw S3Failures.failure("GetObject", object, cause);
        }
    }

    /** Says that a success came that S3 does not give: an empty body would be taken for an empty object. */
    private String notS3(String operation, String key) {
        return operation + " of " + calls.location().object(key)
                + " was answered with a success that describes no object;"
                + " look for a proxy that answers in the place of the store";
    }

    /** Waits for a request on the calling thread; an interrupt ends the wait and the request. */
    static <T> T await(CompletableFuture<T> request) throws IOException, ExecutionException {
        try {
            return request.get();
        } catch (InterruptedException e) {
            request.cancel(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The thread was interrupted while it waited for S3");
        }
    }

    /**
     * Deletes an object; completes when it is not visible any more.
     *
     * <p>Fails with {@link NotAppliedException} when the service refused, with another {@link IOException} when the answer
     * was lost and looking did not settle it.
     */
    CompletableFuture<Void> delete(String key) {
        return delete(key, 1);
    }

    private CompletableFuture<Void> delete(String key, int attempt) {
        return calls.delete(key)
                .handle((deleted, failure) -> {
                    int status = failure == null ? deleted.sdkHttpResponse().statusCode() : 0;
                    if (status == DELETED) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return resolveDelete(
                            key,
                            attempt,
                            failure == null
                                    ? new IOException("the answer was " + status + ", not " + DELETED)
                                    : S3Failures.unwrapped(failure));
                })
                .thenCompose(resolved -> resolved);
    }

    private CompletableFuture<Void> resolveDelete(String key, int attempt, Throwable failure) {
        String text = S3Failures.describe("DeleteObject", calls.location().object(key), failure);
        boolean saysNoObject = S3Failures.isNotFound(failure) && !S3Failures.isNoSuchBucket(failure);
        if (!saysNoObject && S3Failures.isRefusal(failure)) {
            return CompletableFuture.failedFuture(new NotAppliedException(text, failure));
        }
        return calls.head(key)
                .handle((head, unseen) -> {
                    if (unseen != null && S3Failures.isNotFound(S3Failures.unwrapped(unseen))) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (unseen == null && attempt < DELETE_ATTEMPTS) {
                        return CompletableFuture.supplyAsync(() -> delete(key, attempt + 1), Backoff.after(attempt))
                                .thenCompose(deleted -> deleted);
                    }
                    return CompletableFuture.<Void>failedFuture(
                            new IOException(text + ". Whether the object is deleted is not certain", failure));
                })
                .thenCompose(resolved -> resolved);
    }
}
