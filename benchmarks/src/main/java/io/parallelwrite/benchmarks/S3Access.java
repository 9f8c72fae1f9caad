package io.parallelwrite.benchmarks;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes clients of the measured server: the defaults of the SDK with an endpoint, a region and keys. */
final class S3Access {

    static final String KEY = "benchmark";
    static final String SECRET = "benchmark-secret";
    static final String BUCKET = "bucket";

    private S3Access() {}

    static S3Client sync(URI endpoint) {
        return configured(S3Client.builder().forcePathStyle(true), endpoint).build();
    }

    static S3AsyncClient async(URI endpoint) {
        return configured(asyncOverNetty(), endpoint).build();
    }

    /** The same over the SDK's HTTP client of native code. */
    static S3AsyncClient asyncOverCrtHttp(URI endpoint) {
        return configured(S3AsyncClient.builder().forcePathStyle(true), endpoint)
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
                .build();
    }

    /** With two HTTP clients on the class path, one has to be named. */
    private static S3AsyncClientBuilder asyncOverNetty() {
        return S3AsyncClient.builder().forcePathStyle(true).httpClientBuilder(NettyNioAsyncHttpClient.builder());
    }

    /** The same, which splits large objects into parts. */
    static S3AsyncClient asyncMultipart(URI endpoint) {
        return configured(asyncOverNetty().multipartEnabled(true), endpoint).build();
    }

    /** The client of native code. */
    static S3AsyncClient crt(URI endpoint) {
        return S3AsyncClient.crtBuilder()
                .forcePathStyle(true)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build();
    }

    private static <B extends AwsClientBuilder<B, C>, C> B configured(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)));
    }

    static void createBucket(URI endpoint) {
        try (S3Client client = sync(endpoint)) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    static void delete(S3Client client, String path) {
        client.deleteObject(request -> request.bucket(BUCKET).key(path));
    }

    /** Returns the variables from which commands and other languages read keys and region. */
    static Map<String, String> environment() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_DEFAULT_REGION", Region.US_EAST_1.id());
    }
}
