package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** The archive with S3 in LocalStack. */
@Tag("localstack")
@ActiveProfiles("aws")
@Import(LocalStackConfiguration.class)
@TestPropertySource(properties = "sample.bucket=sample")
class LocalStackTests extends ArchiveFixture {

    @Test
    void keepsAnUploadOnDiskAndInS3() throws Exception {
        byte[] content = SeededBytes.of(5, 24 << 20);

        HttpResponse<String> answer = archive.put("/archive/a.bin", BodyPublishers.ofByteArray(content));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(local("a.bin")).hasBinaryContent(content);
        assertThatS3Holds("a.bin").isEqualTo(content);
    }
}
