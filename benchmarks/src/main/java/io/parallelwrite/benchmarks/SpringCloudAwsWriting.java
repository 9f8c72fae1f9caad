package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;

/** Writes to S3 through the output stream that Spring Cloud AWS makes by default. */
final class SpringCloudAwsWriting implements Writing {

    private final Content content;
    private final SpringCloudAwsStreams streams;

    SpringCloudAwsWriting(Place place) {
        content = place.content();
        streams = new SpringCloudAwsStreams(place.endpoint());
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        try (OutputStream out = streams.create(path)) {
            content.writeTo(out, byteCount);
        }
    }

    @Override
    public void delete(String path) {
        streams.delete(path);
    }

    @Override
    public void close() {
        streams.close();
    }
}
