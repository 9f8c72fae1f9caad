package io.parallelwrite.benchmarks;

import io.awspring.cloud.s3.InMemoryBufferingS3OutputStreamProvider;
import io.awspring.cloud.s3.PropertiesS3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3OutputStreamProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the output streams that Spring Cloud AWS makes by default, with the client it makes by default. */
final class SpringCloudAwsStreams implements AutoCloseable {

    private final S3Client client;
    private final S3OutputStreamProvider streams;

    SpringCloudAwsStreams(URI endpoint) {
        client = S3Access.sync(endpoint);
        streams = new InMemoryBufferingS3OutputStreamProvider(client, new PropertiesS3ObjectContentTypeResolver());
    }

    OutputStream create(String path) throws IOException {
        return streams.create(S3Access.BUCKET, path, null);
    }

    void delete(String path) {
        S3Access.delete(client, path);
    }

    @Override
    public void close() {
        client.close();
    }
}
