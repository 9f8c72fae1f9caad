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
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Writes through a {@link ParallelResourceWriter} with default settings; the disk is synced. */
final class ParallelWriting implements Writing {

    private final GeneratedContent content = new GeneratedContent();
    private final S3AsyncClient client;
    private final ParallelResourceWriter writer;

    private ParallelWriting(S3AsyncClient client, List<Target> targets) throws IOException {
        this.client = client;
        try {
            this.writer = ParallelResourceWriter.builder().targets(targets).build();
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    static ParallelWriting local(URI endpoint, Path directory) throws IOException {
        return new ParallelWriting(S3Access.async(endpoint), List.of(localTarget(directory)));
    }

    static ParallelWriting s3(URI endpoint) throws IOException {
        S3AsyncClient client = S3Access.async(endpoint);
        return new ParallelWriting(client, List.of(s3Target(client)));
    }

    static ParallelWriting both(URI endpoint, Path directory) throws IOException {
        S3AsyncClient client = S3Access.async(endpoint);
        return new ParallelWriting(client, List.of(localTarget(directory), s3Target(client)));
    }

    private static Target localTarget(Path directory) {
        return new FileTarget("local", directory, FileTargetSettings.defaults());
    }

    private static Target s3Target(S3AsyncClient client) {
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
