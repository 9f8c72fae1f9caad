package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.io.output.TeeOutputStream;

/**
 * Writes to a file and to a stream of Spring Cloud AWS, both behind one stream: one after the other in each call, or both
 * at once with a barrier after each call.
 */
final class FanOutWriting implements Writing {

    /** Puts one stream in front of two. */
    private interface Joint {
        OutputStream of(ExecutorService pool, OutputStream file, OutputStream s3);
    }

    private final Path directory;
    private final Content content;
    private final SpringCloudAwsStreams streams;
    private final Joint joint;
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    private FanOutWriting(Place place, Joint joint) {
        this.directory = place.directory();
        this.content = place.content();
        this.streams = new SpringCloudAwsStreams(place.endpoint());
        this.joint = joint;
    }

    /** Calls one after the other, through Commons IO. */
    static FanOutWriting tee(Place place) {
        return new FanOutWriting(place, (pool, file, s3) -> new TeeOutputStream(file, s3));
    }

    /** Calls both at once and waits for both. */
    static FanOutWriting barrier(Place place) {
        return new FanOutWriting(place, (pool, file, s3) -> new BarrierFanOut(pool, List.of(file, s3)));
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        OutputStream s3 = streams.create(path);
        try (OutputStream out = joint.of(pool, new SyncedFileOutputStream(directory.resolve(path)), s3)) {
            content.writeTo(out, byteCount);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(directory.resolve(path));
        streams.delete(path);
    }

    @Override
    public void close() {
        pool.shutdown();
        streams.close();
    }
}
