package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.s3.S3Target;
import io.parallelwrite.s3.S3TargetSettings;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Writes through a {@link ParallelResourceWriter} with default settings; the disk is synced. */
final class ParallelWriting implements Writing {

    private final Content content;
    private final S3AsyncClient client;
    private final ParallelResourceWriter writer;

    private ParallelWriting(Content content, S3AsyncClient client, List<Target> targets) throws IOException {
        this.content = content;
        this.client = client;
        try {
            this.writer = ParallelResourceWriter.builder().targets(targets).build();
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    static ParallelWriting local(Place place) throws IOException {
        S3AsyncClient client = S3Access.async(place.endpoint());
        return new ParallelWriting(place.content(), client, List.of(localTarget(place.directory())));
    }

    /** Takes the client over. */
    static ParallelWriting s3(Place place, S3AsyncClient client) throws IOException {
        return new ParallelWriting(place.content(), client, List.of(s3Target(client)));
    }

    static ParallelWriting both(Place place) throws IOException {
        S3AsyncClient client = S3Access.async(place.endpoint());
        return new ParallelWriting(place.content(), client, List.of(localTarget(place.directory()), s3Target(client)));
    }

    static Target localTarget(Path directory) {
        return new FileTarget("local", directory, FileTargetSettings.defaults());
    }

    static Target s3Target(S3AsyncClient client) {
        return new S3Target("s3", S3Access.BUCKET, "", client, S3TargetSettings.defaults());
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        WriteResult result = writer.write(path, out -> content.writeTo(out, byteCount));
        if (result.status() != WriteStatus.COMMITTED || result.size() != byteCount) {
            throw new IOException("Not written: " + result);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        writer.delete(path);
    }

    @Override
    public void close() throws IOException {
        try (client) {
            writer.close();
        }
    }
}
