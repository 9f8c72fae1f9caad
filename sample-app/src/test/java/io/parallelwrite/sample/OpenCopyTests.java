package io.parallelwrite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.compare.ReadResult;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCopyTests {

    private static final byte[] CONTENT = SeededBytes.of(9, 1000);

    private final List<ReadResult> ended = new ArrayList<>();
    private ParallelResourceWriter writer;

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        ReadListener listener = new ReadListener() {
            @Override
            public void finished(ReadResult read) {
                ended.add(read);
            }
        };
        writer = ParallelResourceWriter.builder()
                .target(new FileTarget("near", directory.resolve("near"), FileTargetSettings.defaults()))
                .target(new FileTarget("far", directory.resolve("far"), FileTargetSettings.defaults()))
                .readListener(listener)
                .build();
        writer.write("dir/a.txt", CONTENT);
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
    }

    @Test
    void knowsItsSizeAndWhoServesIt() throws IOException {
        try (OpenCopy copy = OpenCopy.open(writer.reader(), "dir/a.txt")) {
            assertThat(copy.contentLength()).isEqualTo(CONTENT.length);
            assertThat(copy.servedBy()).isEqualTo("near");
            assertThat(copy.passedOver()).isEmpty();
            assertThat(copy.getFilename()).isEqualTo("a.txt");
            assertThat(copy.getContentAsByteArray()).isEqualTo(CONTENT);
        }
    }

    @Test
    void saysWhoWasPassedOverAndWhy() throws IOException {
        Files.delete(directory.resolve("near/dir/a.txt"));

        try (OpenCopy copy = OpenCopy.open(writer.reader(), "dir/a.txt")) {
            assertThat(copy.servedBy()).isEqualTo("far");
            assertThat(copy.passedOver()).isEqualTo("near; reason=missing");
            assertThat(copy.contentLength()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void endsTheReadWhenItIsClosedUnread() throws IOException {
        OpenCopy.open(writer.reader(), "dir/a.txt").close();

        assertThat(ended).hasSize(1);
    }

    @Test
    void opensAnotherCopyWhenItIsReadAgain() throws IOException {
        try (OpenCopy copy = OpenCopy.open(writer.reader(), "dir/a.txt")) {
            for (int i = 0; i < 2; i++) {
                try (InputStream in = copy.getInputStream()) {
                    assertThat(in.readAllBytes()).isEqualTo(CONTENT);
                }
            }
        }

        assertThat(ended).hasSize(2);
    }

    @Test
    void isNotThereIfNoTargetHoldsIt() {
        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() -> OpenCopy.open(writer.reader(), "missing"));
    }
}
