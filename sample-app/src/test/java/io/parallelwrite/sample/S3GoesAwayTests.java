package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The archive when S3 goes away in the middle of an upload. */
@TestPropertySource(
        properties = {
            "parallel-write.targets.s3.s3.part-size=5MB", // S3 has a part early
            "parallel-write.targets.s3.s3.part-attempts=1", // it does not come back
            "parallel-write.deadlines.abort=1m" // so that the abort itself says why it failed, on a slow machine too
        })
class S3GoesAwayTests extends ArchiveFixture {

    @Autowired
    EmbeddedS3 embeddedS3;

    @Test
    void storesNothingAndSaysWhatIsLeftBehind() throws Exception {
        byte[] content = SeededBytes.of(4, 24 << 20);
        BodyPublisher breaking =
                BodyPublishers.ofInputStream(() -> SeededBytes.streamOf(content, 12 << 20, this::stopS3));

        HttpResponse<String> answer = archive.put("/archive/middle", breaking);

        assertThatNothingIsStoredBecauseOfS3(answer);
        assertThat(localFiles()).isEmpty();
        assertThatJson(answer, "$.detail").asString().contains("Hidden bytes may be left");
        assertThatJsonList(answer, "$.targets[?(@.target == 's3')].leftBehind")
                .singleElement()
                .asString()
                .contains("AbortIncompleteMultipartUpload removes it");
    }

    /** Stops S3 once it has taken a part, which it then cannot discard. */
    private void stopS3() {
        await().atMost(Duration.ofMinutes(2)).until(this::hasTakenAPart);
        try {
            embeddedS3.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasTakenAPart() {
        return s3.listMultipartUploads(request -> request.bucket("sample")).uploads().stream()
                .anyMatch(upload -> !s3.listParts(request ->
                                request.bucket("sample").key(upload.key()).uploadId(upload.uploadId()))
                        .parts()
                        .isEmpty());
    }
}
