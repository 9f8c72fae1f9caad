package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The archive while S3 is away. */
class S3AwayTests extends ArchiveFixture {

    @Autowired
    EmbeddedS3 embeddedS3;

    @BeforeEach
    void stopS3() throws IOException {
        embeddedS3.close();
    }

    @Test
    void storesNothingOfAnUploadThatS3TakesInParts() throws Exception {
        HttpResponse<String> answer =
                archive.put("/archive/parts", BodyPublishers.ofByteArray(SeededBytes.of(6, 20 << 20)));

        assertThatNothingIsStoredBecauseOfS3(answer);
        assertThat(localFiles()).noneMatch(file -> file.endsWith("parts")).noneMatch(ArchiveFixture::isStaged);
    }

    /** What fits in one part is sent only on commit; S3 commits first, and the local target then not at all. */
    @Test
    void storesNothingAnywhereWhenS3CannotTakeASmallUpload() throws Exception {
        HttpResponse<String> answer = archive.put("/archive/whole", BodyPublishers.ofString("content"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThatJson(answer, "$.writeStatus").isEqualTo("FAILED");
        assertThatJsonList(answer, "$.targets[?(@.target == 's3')].failure.phase")
                .containsExactly("COMMIT");
        assertThatJson(answer, "$.detail").asString().contains("'s3'", "Nothing is visible");
        assertThat(local("whole")).doesNotExist();
    }

    @Test
    void readsTheLocalCopy() throws Exception {
        Files.writeString(local("before"), "x");

        assertThat(archive.get("/archive/before").body()).isEqualTo("x");
    }

    @Test
    void doesNotSayThatSomethingIsMissingWhenS3CannotBeAsked() throws Exception {
        assertThat(archive.get("/archive/unknown").statusCode()).isEqualTo(503);
    }
}
