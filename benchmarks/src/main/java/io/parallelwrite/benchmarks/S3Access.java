package io.parallelwrite.benchmarks;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
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
        return configured(S3AsyncClient.builder().forcePathStyle(true), endpoint)
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
}
