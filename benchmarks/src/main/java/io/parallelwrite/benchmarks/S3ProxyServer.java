package io.parallelwrite.benchmarks;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** Runs S3Proxy, a real S3 server, with its objects in a directory. */
public final class S3ProxyServer {

    private S3ProxyServer() {}

    /**
     * Runs one until standard input ends.
     *
     * @param args the directory, which is made if it is missing
     * @throws Exception if it could not be started
     */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, S3Access.KEY, S3Access.SECRET)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        server.start();
        ServerProcess.announce(server.getPort());
        ServerProcess.awaitEndOfInput();
        server.stop();
    }
}
