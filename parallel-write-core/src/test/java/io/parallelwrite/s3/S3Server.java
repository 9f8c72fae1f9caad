package io.parallelwrite.s3;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** A running S3 server with one bucket, in which every target gets a prefix of its own. Tests share it. */
final class S3Server {

    static final String BUCKET = "contract";
    static final int PAGE_KEYS = 5;
    static final S3TargetSettings SMALL_PARTS = S3TargetSettings.defaults().withPartSize(DataSize.ofMegabytes(5));

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final URI endpoint;
    private final S3AsyncClient client;

    /** Makes the bucket on a server that is ready, if it is not there. */
    S3Server(URI endpoint, String accessKey, String secretKey) {
        this.endpoint = endpoint;
        client = client(endpoint, accessKey, secretKey).build();
        try {
            client.createBucket(bucket -> bucket.bucket(BUCKET)).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof BucketAlreadyOwnedByYouException)) {
                throw e;
            }
        }
    }

    /** Lets a listing come in pages of few keys. */
    private static final class SmallPages implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return context.request() instanceof ListObjectsV2Request list
                    ? list.toBuilder().maxKeys(PAGE_KEYS).build()
                    : context.request();
        }
    }

    /**
     * Returns a client that addresses buckets by path, retries as the SDK does by default, and asks for no more than
     * {@link #PAGE_KEYS} keys at a time.
     */
    static S3AsyncClientBuilder client(URI endpoint, String accessKey, String secretKey) {
        return S3AsyncClient.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .overrideConfiguration(S3Server::smallPages)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
    }

    /** Replacing the configuration of {@link #client} takes its small pages away; this puts them into another. */
    static ClientOverrideConfiguration.Builder smallPages(ClientOverrideConfiguration.Builder override) {
        return override.addExecutionInterceptor(new SmallPages());
    }

    S3AsyncClient client() {
        return client;
    }

    URI endpoint() {
        return endpoint;
    }

    S3Target newTarget() {
        return targetAt("place-" + PREFIXES.incrementAndGet() + "/");
    }

    S3Target targetAt(String prefix) {
        return new S3Target("s3", BUCKET, prefix, client, SMALL_PARTS);
    }

    /** Returns the keys of all uploads that were begun and neither completed nor aborted. */
    List<String> uploads() {
        return client.listMultipartUploads(list -> list.bucket(BUCKET)).join().uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    /** Returns all keys under a prefix. */
    List<String> keys(String prefix) {
        List<String> keys = new CopyOnWriteArrayList<>();
        client.listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(prefix))
                .contents()
                .subscribe(object -> keys.add(object.key()))
                .join();
        return keys;
    }

    /** Puts an object under any key. */
    void put(String key) {
        client.putObject(put -> put.bucket(BUCKET).key(key), AsyncRequestBody.fromString(key))
                .join();
    }

    /** Returns the attributes of an object, without the token. */
    ContentAttributes attributes(String key) {
        HeadObjectResponse head =
                client.headObject(request -> request.bucket(BUCKET).key(key)).join();
        Map<String, String> metadata = new HashMap<>(head.metadata());
        metadata.remove(S3WriteCalls.TOKEN);
        Map<ContentHeader, String> headers = new HashMap<>();
        headers.put(ContentHeader.CONTENT_TYPE, head.contentType());
        headers.put(ContentHeader.CACHE_CONTROL, head.cacheControl());
        headers.values().removeIf(value -> value == null);
        return new ContentAttributes(headers, metadata);
    }
}
