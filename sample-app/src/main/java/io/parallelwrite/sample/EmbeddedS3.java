package io.parallelwrite.sample;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server inside this process that keeps buckets as directories, and what a client needs to reach it.
 *
 * <p>It listens on the loopback address only, so its credentials are no secret. Spring Cloud AWS takes its endpoint and
 * credentials from the bean of this type, before any {@code spring.cloud.aws} property.
 *
 * <p>Thread-safe.
 */
final class EmbeddedS3 implements AwsConnectionDetails, Closeable {

    private static final String ACCESS_KEY = "local";
    private static final String SECRET_KEY = "local-secret";

    private final S3Proxy server;

    private EmbeddedS3(S3Proxy server) {
        this.server = server;
    }

    /**
     * Starts a server with one bucket.
     *
     * @param directory where it keeps buckets; created if missing
     * @param bucket the name of the bucket; created if missing
     * @param port the port, or 0 for any that is free
     * @return the running server; close it when done
     * @throws IOException if it cannot start; the message names the port and the remedy
     */
    static EmbeddedS3 start(Path directory, String bucket, int port) throws IOException {
        Files.createDirectories(directory.resolve(bucket));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true) // the SDK sends some that this server does not know
                .stopTimeout(0)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(
                    "The embedded S3 server cannot listen on 127.0.0.1:" + port
                            + "; set sample.s3.port to a free port, or to 0 for any",
                    e);
        }
        return new EmbeddedS3(server);
    }

    @Override
    public URI getEndpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public String getRegion() {
        return "us-east-1";
    }

    @Override
    public String getAccessKey() {
        return ACCESS_KEY;
    }

    @Override
    public String getSecretKey() {
        return SECRET_KEY;
    }

    /** Stops the server; what it stored stays. Idempotent. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The embedded S3 server did not stop", e);
        }
    }
}
