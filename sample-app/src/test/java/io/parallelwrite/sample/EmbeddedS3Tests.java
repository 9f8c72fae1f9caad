package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The embedded S3 server on its own. */
class EmbeddedS3Tests {

    @TempDir
    Path directory;

    @Test
    void keepsObjectsAsFilesInTheDirectoryOfTheBucket() throws IOException {
        try (EmbeddedS3 server = EmbeddedS3.start(directory, "bucket", 0);
                S3Client client = client(server, server.getSecretKey())) {
            client.putObject(request -> request.bucket("bucket").key("a/b"), RequestBody.fromString("content"));
        }

        assertThat(directory.resolve("bucket/a/b")).hasContent("content");
    }

    @Test
    void refusesOtherCredentials() throws IOException {
        try (EmbeddedS3 server = EmbeddedS3.start(directory, "bucket", 0);
                S3Client client = client(server, "guessed")) {
            assertThatThrownBy(() -> client.listObjectsV2(request -> request.bucket("bucket")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void saysWhichPropertyToChangeWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatIOException()
                    .isThrownBy(() -> EmbeddedS3.start(directory, "bucket", taken.getLocalPort()))
                    .withMessageContaining("sample.s3.port");
        }
    }

    private static S3Client client(EmbeddedS3 server, String secretKey) {
        return S3Client.builder()
                .endpointOverride(server.getEndpoint())
                .region(Region.of(server.getRegion()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(server.getAccessKey(), secretKey)))
                .build();
    }
}
