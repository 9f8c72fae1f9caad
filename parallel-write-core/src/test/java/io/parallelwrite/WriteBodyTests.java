package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteBodyTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    WriteBodyTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    @Test
    void commitsOnceWhenTheBodyClosesTheStream() throws IOException {
        writer.write("a", (WriteBody) out -> {
            out.write(bytes("content"));
            out.close();
            out.close();
        });

        targets.assertBothHold("a", bytes("content"));
        assertThat(targets.s3.calls()).containsExactly(Phase.OPEN, Phase.WRITE, Phase.PREPARE, Phase.COMMIT);
    }

    @Test
    void commitsWhatABufferedStreamFlushedOnClose() throws IOException {
        byte[] content = randomBytes(50_000);

        writer.write("a", (WriteBody) out -> {
            try (BufferedOutputStream buffered = new BufferedOutputStream(out, 1_000)) {
                for (byte b : content) {
                    buffered.write(b);
                }
            }
        });

        targets.assertBothHold("a", content);
    }

    @Test
    void commitsTheTrailerOfACompressedStream() throws IOException {
        byte[] content = randomBytes(50_000);

        writer.write("a.gz", (WriteBody) out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content);
            }
        });

        byte[] stored = TwoTargets.content(targets.local, "a.gz");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        targets.assertBothHold("a.gz", stored);
    }

    @Test
    void commitsWhatAPrintStreamAndAWriterWrote() throws IOException {
        writer.write("printed", (WriteBody) out -> {
            try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
                print.print("grüße");
            }
        });
        writer.write("written", (WriteBody) out -> {
            try (OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                text.write("grüße");
            }
        });

        targets.assertBothHold("printed", bytes("grüße"));
        targets.assertBothHold("written", bytes("grüße"));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("checked"), new IllegalStateException("unchecked"), new StackOverflowError("an error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void leavesNothingAndPropagatesWhatTheBodyThrew(Throwable failure) {
        assertThatThrownBy(() -> writer.write("a", (WriteBody) out -> {
                    out.write(randomBytes(100_000));
                    throwAny(failure);
                }))
                .isSameAs(failure)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty());

        targets.assertBothEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void leavesNothingWhenTheBodyThrowsAfterADecoratorClosedTheStream(Throwable failure) throws IOException {
        writer.write("a", bytes("before"));

        assertThatThrownBy(() -> writer.write("a", (WriteBody) out -> {
                    try (OutputStream buffered = new BufferedOutputStream(out)) {
                        buffered.write(bytes("half of it"));
                        throwAny(failure);
                    }
                }))
                .isSameAs(failure);

        targets.assertBothHold("a", bytes("before"));
    }

    @Test
    void failsWhenTheBodySwallowsTheFailureOfATarget() {
        targets.s3.failingAt(Phase.WRITE, "disk full");

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", (WriteBody) out -> {
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            out.write(randomBytes(100_000));
                        }
                    } catch (IOException ex) {
                        assertThat(ex).hasMessageContaining("disk full");
                    }
                }))
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED))
                .withMessageContaining("disk full");

        targets.assertBothEmpty();
    }

    @Test
    void failsWhenAPrintStreamSwallowsTheFailureOfATarget() {
        targets.s3.failingAt(Phase.WRITE, "disk full");

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", (WriteBody) out -> {
                    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
                    for (int i = 0; !print.checkError(); i++) {
                        print.println("line " + i);
                    }
                }))
                .withMessageContaining("disk full");

        targets.assertBothEmpty();
    }

    @Test
    void failsClearlyWhenTheStreamIsUsedAfterTheBodyHasReturned() throws IOException {
        AtomicReference<OutputStream> kept = new AtomicReference<>();
        writer.write("a", (WriteBody) out -> {
            kept.set(out);
            out.write(bytes("content"));
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> kept.get().write('x'))
                .withMessage("This stream was closed, or its body has returned; write before that");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> kept.get().write(bytes("more"), 0, 4))
                .withMessage("This stream was closed, or its body has returned; write before that");
        assertThatCode(() -> kept.get().close()).doesNotThrowAnyException();
        assertThatCode(() -> kept.get().flush()).doesNotThrowAnyException();
        targets.assertBothHold("a", bytes("content"));
    }

    @Test
    void failsWhenTheBodyWritesAfterItClosedTheStream() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.write("a", (WriteBody) out -> {
                    out.close();
                    out.write('x');
                }))
                .withMessage("This stream was closed, or its body has returned; write before that");

        targets.assertBothEmpty();
    }

    @Test
    void doesNotRunTheBodyWhenATargetCannotBeOpened() {
        targets.s3.failingAt(Phase.OPEN, "away");

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", (WriteBody) out -> {
                    throw new AssertionError("the body ran");
                }))
                .withMessageContaining("away");

        targets.assertBothEmpty();
    }

    private static void throwAny(Throwable failure) throws IOException {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (IOException) failure;
    }
}
