package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.WritableResource;
import org.springframework.util.FileCopyUtils;

class ParallelResourceTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    private final WritableResource resource;

    ParallelResourceTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
        resource = writer.resource("dir/a.txt");
    }

    @Test
    void publishesWhenItsStreamIsClosed() throws IOException {
        OutputStream out = resource.getOutputStream();
        out.write(bytes("con"));
        out.write('t');
        out.write(bytes("xxentxx"), 2, 3);
        out.flush();
        assertThat(resource.exists()).isFalse();

        out.close();

        targets.assertBothHold("dir/a.txt", bytes("content"));
    }

    @Test
    void closingTwiceIsHarmless() throws IOException {
        OutputStream out = resource.getOutputStream();
        out.write(bytes("content"));
        out.close();

        assertThatCode(out::close).doesNotThrowAnyException();

        assertThat(targets.local.calls()).containsOnlyOnce(Phase.COMMIT);
    }

    @Test
    void takesCopiesByCodeThatKnowsResourcesOnly() throws IOException {
        byte[] content = randomBytes(300_000);

        FileCopyUtils.copy(content, resource.getOutputStream());

        assertThat(resource.getContentAsByteArray()).isEqualTo(content);
        targets.assertBothHold("dir/a.txt", content);
    }

    @Test
    void doesNotPublishAfterAFailedWrite() throws IOException {
        targets.s3.failingAt(Phase.WRITE, "disk full");
        OutputStream out = resource.getOutputStream();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writeUntilItFails(out))
                .withMessageContaining("disk full");
        assertThatCode(out::close).doesNotThrowAnyException();

        targets.assertBothEmpty();
    }

    @Test
    void doesNotPublishAfterAWriteThatFailedInTheCallersCode() throws IOException {
        OutputStream out = resource.getOutputStream();
        out.write(bytes("content"));

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> out.write(new byte[1], 1, 1));
        out.close();

        targets.assertBothEmpty();
    }

    @Test
    void closingFailsWhenTheCommitDoes() throws IOException {
        targets.s3.failingAt(Phase.PREPARE, "disk full");
        OutputStream out = resource.getOutputStream();
        out.write(bytes("content"));

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(out::close)
                .withMessageContaining("disk full");

        targets.assertBothEmpty();
    }

    @Test
    void refusesWritesAfterItWasClosed() throws IOException {
        OutputStream out = resource.getOutputStream();
        out.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> out.write('x'));
    }

    @Test
    void describesAnObjectThatExists() throws IOException {
        writer.write("dir/a.txt", bytes("content"));

        assertThat(resource.exists()).isTrue();
        assertThat(resource.isReadable()).isTrue();
        assertThat(resource.isWritable()).isTrue();
        assertThat(resource.contentLength()).isEqualTo(7);
        assertThat(resource.lastModified()).isPositive();
        assertThat(resource.getFilename()).isEqualTo("a.txt");
        assertThat(resource.getDescription())
                .isEqualTo("parallel resource [dir/a.txt]")
                .hasToString(resource.toString());
        assertThat(resource.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("content");
    }

    @Test
    void saysThatNoTargetHoldsAnObjectThatDoesNotExist() {
        assertThat(resource.exists()).isFalse();
        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(resource::getInputStream)
                .withMessage("No target holds 'dir/a.txt'");
        assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(resource::contentLength);
        assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(resource::lastModified);
    }

    @Test
    void readsFromTheFirstTargetThatHoldsTheObject() throws IOException {
        writer.write("dir/a.txt", bytes("content"));
        targets.local.memory().delete(TargetPath.of("dir/a.txt"));

        assertThat(resource.getContentAsByteArray()).isEqualTo(bytes("content"));
    }

    @Test
    void resolvesRelativePathsBesideIt() throws IOException {
        assertThat(resource.createRelative("b/c.txt")).isEqualTo(writer.resource("dir/b/c.txt"));
        assertThat(writer.resource("a").createRelative("b")).isEqualTo(writer.resource("b"));
        assertThatExceptionOfType(InvalidTargetPathException.class)
                .isThrownBy(() -> resource.createRelative("../../etc/passwd"));
    }

    @Test
    void isEqualForOnePathOfOneWriter() throws IOException {
        assertThat(resource)
                .isEqualTo(writer.resource("dir/a.txt"))
                .hasSameHashCodeAs(writer.resource("dir/a.txt"))
                .isNotEqualTo(writer.resource("dir/b.txt"));
        try (TwoTargets others = new TwoTargets()) {
            assertThat(resource).isNotEqualTo(others.writer.resource("dir/a.txt"));
        }
    }

    private static void writeUntilItFails(OutputStream out) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            out.write(randomBytes(100_000));
        }
    }
}
