package io.parallelwrite.s3;

import io.parallelwrite.target.OpenStaging;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;

/**
 * Sends the requests of one target that are about an object or an upload rather than about a write.
 *
 * <p>Every method returns the future of the SDK itself, never one derived from it, because only cancelling that one ends
 * the request. Nothing blocks. Thread-safe.
 */
final class S3Calls {

    private final S3AsyncClient client;
    private final S3Location location;
    private final S3TargetSettings settings;
    private final AwsRequestOverrideConfiguration timeout;
    private final OpenStaging staging = new OpenStaging();

    S3Calls(S3AsyncClient client, S3Location location, S3TargetSettings settings) {
        this.client = client;
        this.location = location;
        this.settings = settings;
        this.timeout = AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .build();
    }

    CompletableFuture<HeadObjectResponse> head(String key) {
        return sent(() -> client.headObject(request -> request.bucket(location.bucket())
                .key(key)
                .checksumMode(ChecksumMode.ENABLED)
                .expectedBucketOwner(settings.expectedBucketOwner())
                .overrideConfiguration(timeout)));
    }

    /** Asks for an object. The time limit of the settings would also end the reading of it, so it is not set here. */
    CompletableFuture<ResponseInputStream<GetObjectResponse>> get(String key) {
        return sent(() -> client.getObject(
                request -> request.bucket(location.bucket())
                        .key(key)
                        .checksumMode(ChecksumMode.ENABLED)
                        .expectedBucketOwner(settings.expectedBucketOwner()),
                AsyncResponseTransformer.toBlockingInputStream()));
    }

    /**
     * Asks for the next keys, of which S3 sends up to 1,000 at a time.
     *
     * @param prefix what the keys begin with
     * @param after the key to begin after, or {@code null}; of no effect beside a token
     * @param token the token of the answer before, or {@code null} to begin
     */
    CompletableFuture<ListObjectsV2Response> list(String prefix, @Nullable String after, @Nullable String token) {
        return sent(() -> client.listObjectsV2(request -> request.bucket(location.bucket())
                .prefix(prefix)
                .startAfter(after)
                .continuationToken(token)
                .encodingType(EncodingType.URL) // XML cannot carry every character; the SDK decodes
                .expectedBucketOwner(settings.expectedBucketOwner())
                .overrideConfiguration(timeout)));
    }

    CompletableFuture<DeleteObjectResponse> delete(String key) {
        return sent(() -> client.deleteObject(request -> request.bucket(location.bucket())
                .key(key)
                .expectedBucketOwner(settings.expectedBucketOwner())
                .overrideConfiguration(timeout)));
    }

    /**
     * Asks for the next multipart uploads under a prefix, of which S3 sends up to 1,000 at a time.
     *
     * @param prefix what their keys begin with
     * @param afterKey the key to go on after, or {@code null} to begin
     * @param afterId the upload of that key to go on after, or {@code null}
     */
    CompletableFuture<ListMultipartUploadsResponse> uploads(
            String prefix, @Nullable String afterKey, @Nullable String afterId) {
        return sent(() -> client.listMultipartUploads(request -> request.bucket(location.bucket())
                .prefix(prefix)
                .keyMarker(afterKey)
                .uploadIdMarker(afterId)
                .encodingType(EncodingType.URL)
                .expectedBucketOwner(settings.expectedBucketOwner())
                .overrideConfiguration(timeout)));
    }

    CompletableFuture<AbortMultipartUploadResponse> abort(String key, String uploadId) {
        return sent(() -> client.abortMultipartUpload(abort -> abort.bucket(location.bucket())
                .key(key)
                .uploadId(uploadId)
                .expectedBucketOwner(settings.expectedBucketOwner())
                .overrideConfiguration(timeout)));
    }

    /** Asks for one part of an upload, to learn whether the upload still exists. */
    CompletableFuture<ListPartsResponse> listParts(String key, String uploadId) {
        return sent(() -> client.listParts(list -> list.bucket(location.bucket())
                .key(key)
                .uploadId(uploadId)
                .maxParts(1)
                .expectedBucketOwner(settings.expectedBucketOwner())
                .overrideConfiguration(timeout)));
    }

    /** Returns what open writes have staged, by the ids of their uploads. */
    OpenStaging staging() {
        return staging;
    }

    S3AsyncClient client() {
        return client;
    }

    S3Location location() {
        return location;
    }

    S3TargetSettings settings() {
        return settings;
    }

    AwsRequestOverrideConfiguration timeout() {
        return timeout;
    }

    /**
     * Returns what a request carries whose retries are counted; who takes the metrics of the client goes on taking them. If
     * a client of another make does not tell who that is, nothing is counted.
     */
    AwsRequestOverrideConfiguration counting(RetryCount retries) {
        AwsRequestOverrideConfiguration.Builder counting = timeout.toBuilder();
        try {
            client.serviceClientConfiguration()
                    .overrideConfiguration()
                    .metricPublishers()
                    .forEach(counting::addMetricPublisher);
        } catch (UnsupportedOperationException e) {
            return timeout; // that is the answer
        }
        return counting.addMetricPublisher(retries).build();
    }

    /** Sends a request; what the SDK throws at once becomes a failed future, like all its other failures. */
    static <T> CompletableFuture<T> sent(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
