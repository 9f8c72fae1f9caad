package io.parallelwrite.s3;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Sends the requests of one target that are about an object rather than about a write.
 *
 * <p>Every method returns the future of the SDK itself, never one derived from it, because only cancelling that one ends
 * the request. Nothing blocks. Thread-safe.
 */
final class S3Calls {

    private final S3AsyncClient client;
    private final S3Location location;
    private final S3TargetSettings settings;
    private final AwsRequestOverrideConfiguration timeout;

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

    /** Sends a request; what the SDK throws at once becomes a failed future, like all its other failures. */
    static <T> CompletableFuture<T> sent(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
