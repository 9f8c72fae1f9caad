package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** The archive when S3 goes away. */
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD) // the next test needs S3 again
class BrokenS3Tests extends ArchiveFixture {

    @Autowired
    EmbeddedS3 embeddedS3;

    @BeforeEach
    void isWellAtFirst() throws Exception {
        HttpResponse<String> answer = archive.put("/archive/before", BodyPublishers.ofString("x"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void storesNothingWhenS3GoesAwayInTheMiddleOfAnUpload() throws Exception {
        byte[] content = SeededBytes.of(4, 64 << 20);
        BodyPublisher breaking =
                BodyPublishers.ofInputStream(() -> SeededBytes.streamOf(content, 24 << 20, this::stopS3));

        HttpResponse<String> answer = archive.put("/archive/middle", breaking);

        assertThatNamesS3(answer);
        assertThat(localFiles()).containsExactly(local("before"));
    }

    @Test
    void storesNothingWhenS3IsAway() throws Exception {
        stopS3();

        HttpResponse<String> answer = archive.put("/archive/away", BodyPublishers.ofString("content"));

        assertThatNamesS3(answer);
        assertThat(localFiles()).containsExactly(local("before"));
    }

    @Test
    void readsTheLocalCopyWhileS3IsAway() throws Exception {
        stopS3();

        assertThat(archive.get("/archive/before").body()).isEqualTo("x");
    }

    @Test
    void doesNotSayThatSomethingIsMissingWhileS3CannotBeAsked() throws Exception {
        stopS3();

        assertThat(archive.get("/archive/unknown").statusCode()).isEqualTo(503);
    }

    private static void assertThatNamesS3(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThatJson(answer, "$.writeStatus").isEqualTo("FAILED");
        assertThatJsonList(answer, "$.targets[?(@.target == 's3')].outcome").containsExactly("failed");
        assertThatJsonList(answer, "$.targets[?(@.target == 's3')].failure.phase")
                .hasSize(1);
        assertThatJsonList(answer, "$.targets[?(@.target == 'local')].outcome").containsExactly("aborted");
        assertThatJson(answer, "$.detail").asString().contains("'s3'", "Nothing is visible under this path");
    }

    private void stopS3() {
        try {
            embeddedS3.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
