package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A running archive with an empty directory of its own, and ways to look at both copies behind its back. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"sample.s3.port=0", "management.prometheus.metrics.export.enabled=true"})
@DirtiesContext // the next class gets another directory
abstract class ArchiveFixture {

    @TempDir
    static Path directory;

    @Autowired
    S3Client s3;

    ArchiveClient archive;

    @DynamicPropertySource
    static void directory(DynamicPropertyRegistry registry) {
        registry.add("sample.directory", directory::toString);
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        archive = new ArchiveClient(port);
    }

    static Path local(String path) {
        return directory.resolve("local").resolve(path);
    }

    AbstractByteArrayAssert<?> assertThatS3Holds(String path) {
        return assertThat(
                s3.getObjectAsBytes(request -> request.bucket("sample").key("archive/" + path))
                        .asByteArray());
    }

    List<String> keysInS3() {
        return s3.listObjectsV2(request -> request.bucket("sample")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Returns every file below the local target's directory, hidden and staged ones too. */
    static List<Path> localFiles() throws IOException {
        if (!Files.exists(local(""))) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(local(""))) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    static boolean isStaged(Path file) {
        return file.getFileName().toString().startsWith(".pw-");
    }

    static void assertThatNothingIsStoredBecauseOfS3(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThatJson(answer, "$.writeStatus").isEqualTo("FAILED");
        assertThatJsonList(answer, "$.targets[?(@.target == 's3')].outcome").containsExactly("failed");
        assertThatJsonList(answer, "$.targets[?(@.target == 's3')].failure.phase")
                .hasSize(1);
        assertThatJsonList(answer, "$.targets[?(@.target == 'local')].outcome").containsExactly("aborted");
        assertThatJson(answer, "$.detail").asString().contains("'s3'", "Nothing is visible under this path");
    }

    static ObjectAssert<Object> assertThatJson(HttpResponse<String> answer, String expression) {
        JsonContentAssert json = new JsonContentAssert(new JsonContent(answer.body()));
        return json.extractingPath(expression).asInstanceOf(InstanceOfAssertFactories.type(Object.class));
    }

    static ListAssert<Object> assertThatJsonList(HttpResponse<String> answer, String expression) {
        return assertThatJson(answer, expression).asInstanceOf(InstanceOfAssertFactories.LIST);
    }
}
