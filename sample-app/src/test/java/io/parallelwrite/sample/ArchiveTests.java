package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Reading, listing and deleting, the page and the metrics, with both targets well. */
class ArchiveTests extends ArchiveFixture {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void givesBackWhatWasUploaded() throws Exception {
        byte[] content = SeededBytes.of(3, 1_000_000);
        archive.put("/archive/pictures/a.png", BodyPublishers.ofByteArray(content));

        HttpResponse<byte[]> answer = archive.getBytes("/archive/pictures/a.png", "Accept", BROWSER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void givesBackAPartOfWhatWasUploaded() throws Exception {
        archive.put("/archive/part", BodyPublishers.ofString("0123456789"));

        HttpResponse<String> answer = archive.get("/archive/part", "Range", "bytes=2-4");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo("234");
    }

    @Test
    void readsFromS3WhenTheLocalCopyIsGone() throws Exception {
        archive.put("/archive/remote", BodyPublishers.ofString("still here"));
        Files.delete(local("remote"));

        assertThat(archive.get("/archive/remote").body()).isEqualTo("still here");
    }

    @Test
    void doesNotFindWhatWasNeverUploaded() throws Exception {
        archive.put("/archive/folder/file", BodyPublishers.ofString("x"));

        assertThat(archive.get("/archive/missing").statusCode()).isEqualTo(404);
        assertThat(archive.get("/archive/folder").statusCode()).isEqualTo(404);
        HttpResponse<String> answer = archive.get("/archive/missing", "Accept", BROWSER);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void deletesBothCopies() throws Exception {
        archive.put("/archive/doomed", BodyPublishers.ofString("x"));

        HttpResponse<String> answer = archive.delete("/archive/doomed");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThatJsonList(answer, "$.targets[*].outcome").containsExactly("committed", "committed");
        assertThat(local("doomed")).doesNotExist();
        assertThat(keysInS3()).doesNotContain("archive/doomed");
        assertThat(archive.get("/archive/doomed").statusCode()).isEqualTo(404);
        assertThat(archive.delete("/archive/doomed").statusCode()).isEqualTo(200);
    }

    @Test
    void listsTheArchiveWithoutStagedWrites() throws Exception {
        archive.put("/archive/list/b", BodyPublishers.ofString("bb"));
        archive.put("/archive/list/a/c", BodyPublishers.ofString("c"));
        Files.writeString(local("list/.pw-staged"), "x");
        Files.createDirectory(local("list/.pw-directory"));
        Files.writeString(local("list/.pw-directory/x"), "x");

        HttpResponse<String> answer = archive.get("/archive", "Accept", BROWSER);

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThatJsonList(answer, "$[?(@.path =~ /list.*/)].path").containsExactly("list/a/c", "list/b");
        assertThatJsonList(answer, "$[?(@.path =~ /list.*/)].size").containsExactly(1, 2);
        assertThatJsonList(answer, "$[?(@.path =~ /list.*/)].lastModified").hasSize(2);
    }

    @Test
    void servesThePageWithAllItNeeds() throws Exception {
        HttpResponse<String> page = archive.get("/", "Accept", BROWSER);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).contains("<form").doesNotContain("https://", "http://");
        assertThat(archive.get("/archive.js").statusCode()).isEqualTo(200);
        assertThat(archive.get("/archive.css").statusCode()).isEqualTo(200);
    }

    @Test
    void measuresWritesAsAWholeAndByTarget() throws Exception {
        archive.put("/archive/measured", BodyPublishers.ofString("x"));

        assertThatJsonList(archive.get("/actuator/metrics/parallel.write"), "$.measurements")
                .isNotEmpty();
        assertThat(archive.get("/actuator/metrics/parallel.write.target").body())
                .contains("local", "s3");
        assertThat(archive.get("/actuator/prometheus").body()).contains("parallel_write_target_seconds_count");
    }

    @Test
    void isHealthy() throws Exception {
        HttpResponse<String> answer = archive.get("/actuator/health");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThatJson(answer, "$.status").isEqualTo("UP");
    }
}
