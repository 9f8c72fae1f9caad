package io.parallelwrite.s3;

import io.parallelwrite.MemoryDisk;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy in this JVM, over a directory that is deleted when the JVM ends. */
final class EmbeddedS3 {

    private EmbeddedS3() {}

    /** Starts a server that checks signatures. */
    static URI started(String accessKey, String secretKey) throws Exception {
        return started(builder().awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey));
    }

    /** Starts a server that lets everybody in, so that a proxy may stand before it. */
    static URI startedOpen() throws Exception {
        return started(builder());
    }

    private static S3Proxy.Builder builder() throws Exception {
        Path directory = MemoryDisk.newDirectory("s3proxy");
        deleteAtExit(directory);
        return S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .ignoreUnknownHeaders(true)
                .stopTimeout(0);
    }

    private static URI started(S3Proxy.Builder builder) throws Exception {
        S3Proxy server = builder.build();
        server.start();
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private static void deleteAtExit(Path directory) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> org.springframework.util.FileSystemUtils.deleteRecursively(directory.toFile())));
    }
}
