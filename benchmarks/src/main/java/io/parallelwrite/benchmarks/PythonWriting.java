package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The Python package this project grew out of, over a file and a file object of {@code smart_open} that uploads to S3. The
 * process keeps running from object to object, and makes its content itself. Not thread-safe.
 */
final class PythonWriting implements Writing {

    private static final String SMART_OPEN = "smart_open[s3]==9.0.2";

    private final Place place;
    private final PythonScript script;
    private final S3Client client;

    private PythonWriting(Place place, PythonScript script) {
        this.place = place;
        this.script = script;
        this.client = S3Access.sync(place.endpoint());
    }

    /**
     * Installs and starts it; blocks as {@link PythonScript} does.
     *
     * @throws IOException if there is no Python 3, or a package cannot be installed; the output above says more
     */
    static PythonWriting open(Place place) throws IOException {
        Map<String, String> environment = new HashMap<>(S3Access.environment());
        environment.put("S3_ENDPOINT", place.endpoint().toString());
        return new PythonWriting(
                place,
                PythonScript.open("python_writes.py", List.of(PythonScript.PARALLEL_WRITE, SMART_OPEN), environment));
    }

    @Override
    public void write(String path, long byteCount) throws IOException {
        script.ask(String.join(
                " ",
                place.directory().resolve(path).toString(),
                S3Access.BUCKET,
                path,
                Long.toString(byteCount),
                Integer.toString(place.content().pieceBytes())));
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(place.directory().resolve(path));
        S3Access.delete(client, path);
    }

    @Override
    public void close() throws IOException {
        client.close();
        script.close();
    }
}
