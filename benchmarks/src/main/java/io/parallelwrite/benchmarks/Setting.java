package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * A running S3 server with an empty bucket, and an empty directory. Both are gone after it is closed.
 *
 * <p>Opening it blocks until the server has started.
 */
final class Setting implements AutoCloseable {

    private final Path local;
    private final Path s3;
    private final ServerProcess server;

    Setting(Arguments arguments) throws IOException {
        checkFreeSpace(arguments.directory(), arguments.size().toBytes());
        checkFreeSpace(
                arguments.s3Directory(),
                arguments.size().toBytes() * arguments.server().copies());
        local = Files.createTempDirectory(Files.createDirectories(arguments.directory()), "local-");
        s3 = Files.createTempDirectory(Files.createDirectories(arguments.s3Directory()), "s3-");
        server = ServerProcess.start(arguments.server().command(s3, arguments));
        S3Access.createBucket(server.endpoint());
    }

    private static void checkFreeSpace(Path directory, long wantedBytes) throws IOException {
        long free = Files.getFileStore(Files.createDirectories(directory)).getUsableSpace();
        if (free < wantedBytes + wantedBytes / 4) {
            throw new IOException(directory + " has " + (free >> 20) + " MiB free, too few for " + (wantedBytes >> 20)
                    + " MiB and a quarter of that to spare; choose another directory or a smaller size");
        }
    }

    URI endpoint() {
        return server.endpoint();
    }

    Path localDirectory() {
        return local;
    }

    Place place(Content content) {
        return new Place(endpoint(), localDirectory(), content);
    }

    @Override
    public void close() throws IOException {
        try (server) {
            FileSystemUtils.deleteRecursively(local);
        } finally {
            FileSystemUtils.deleteRecursively(s3);
        }
    }
}
