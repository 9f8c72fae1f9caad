package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The archive when S3 goes away in the middle of an upload. */
class S3GoesAwayTests extends ArchiveFixture {

    @Autowired
    EmbeddedS3 embeddedS3;

    @Test
    void storesNothing() throws Exception {
        byte[] content = SeededBytes.of(4, 64 << 20);
        BodyPublisher breaking =
                BodyPublishers.ofInputStream(() -> SeededBytes.streamOf(content, 24 << 20, this::stopS3));

        HttpResponse<String> answer = archive.put("/archive/middle", breaking);

        assertThatNothingIsStoredBecauseOfS3(answer);
        assertThat(localFiles()).isEmpty();
    }

    private void stopS3() {
        try {
            embeddedS3.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
