package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The archive that may do without S3, while the bucket is away, and when it comes back. */
@TestPropertySource(
        properties = {
            "parallel-write.targets.s3.required=false",
            "parallel-write.repair.first-delay=100ms",
            "parallel-write.repair.longest-delay=1s"
        })
class S3NotRequiredTests extends ArchiveFixture {

    @Test
    void tellsAtItsEndpointWhatS3MissesUntilItHasIt() throws Exception {
        Path bucket = directory.resolve("s3/sample");
        Path away = Files.move(bucket, directory.resolve("s3/away"));

        HttpResponse<String> answer = archive.put("/archive/a.csv", BodyPublishers.ofString("content"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        HttpResponse<String> summary = archive.get("/actuator/parallelwrite");
        assertThatJson(summary, "$.rule").isEqualTo("[local] required");
        assertThatJson(summary, "$.targets[1].name").isEqualTo("s3");
        assertThatJson(summary, "$.targets[1].waiting").isEqualTo(1);
        HttpResponse<String> journal = archive.get("/actuator/parallelwrite/journal");
        assertThatJson(journal, "$.entries[0].path").isEqualTo("a.csv");
        assertThatJson(journal, "$.entries[0].targets[1].state").isEqualTo("missed");
        assertThat(directory.resolve("local.parallel-write-journal")).isDirectory();

        Files.move(away, bucket);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatJson(archive.get("/actuator/parallelwrite"), "$.targets[1].waiting")
                        .isEqualTo(0));
        assertThatS3Holds("a.csv").asString().isEqualTo("content");
    }
}
