package io.parallelwrite.benchmarks;

import io.awspring.cloud.s3.InMemoryBufferingS3OutputStreamProvider;
import io.awspring.cloud.s3.PropertiesS3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3OutputStream;
import io.awspring.cloud.s3.S3OutputStreamProvider;
import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.services.s3.S3Client;

/** Writes through the output stream that Spring Cloud AWS makes by default, with the client it makes by default. */
final class SpringCloudAwsWriting implements Writing {

    private final GeneratedContent content = new GeneratedContent();
    private final S3Client client;
    private final S3OutputStreamProvider streams;

    SpringCloudAwsWriting(URI endpoint) {
        client = S3Access.sync(endpoint);
        streams = new InMemoryBufferingS3OutputStreamProvider(client, new PropertiesS3ObjectContentTypeResolver());
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        try (S3OutputStream out = streams.create(S3Access.BUCKET, path, null)) {
            content.writeTo(out, byteCount);
        }
    }

    @Override
    public void delete(String path) {
        client.deleteObject(request -> request.bucket(S3Access.BUCKET).key(path));
    }

    @Override
    public void close() {
        client.close();
    }
}
