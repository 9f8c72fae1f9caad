package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.stream.ParallelOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputStreamSourceTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    InputStreamSourceTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 * 1024, 100_000})
    void leavesNothingWhenTheSourceThrows(int readableBytes) {
        IOException broken = new IOException("the source broke");
        InputStream source = new SequenceInputStream(
                new ByteArrayInputStream(randomBytes(readableBytes)), new FailingInputStream(broken));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.write("a", source))
                .isSameAs(broken);

        targets.assertBothEmpty();
    }

    @Test
    void keepsWhatWasThereWhenTheSourceThrows() throws IOException {
        writer.write("a", bytes("before"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.write("a", new FailingInputStream(new IOException("the source broke"))));

        targets.assertBothHold("a", bytes("before"));
    }

    @Test
    void leavesNothingWhenTheSourceThrowsUnchecked() {
        UncheckedIOException broken = new UncheckedIOException(new IOException("the source broke"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> writer.write("a", new InputStream() {
                    @Override
                    public int read() {
                        throw broken;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        throw broken;
                    }
                }))
                .isSameAs(broken);

        targets.assertBothEmpty();
    }

    @Test
    void readsOnWhenTheSourceReturnsZero() throws IOException {
        byte[] content = randomBytes(20_000);

        writer.write("a", new HesitantInputStream(content));

        targets.assertBothHold("a", content);
    }

    @Test
    void readsASourceThatGivesOneByteAtATime() throws IOException {
        byte[] content = randomBytes(20_000);

        writer.write("a", new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        });

        targets.assertBothHold("a", content);
    }

    @Test
    void leavesNothingWhenTheSourceEndsBeforeTheDeclaredSize() {
        WriteOptions options = WriteOptions.none().withExpectedByteCount(10_000);

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", new ByteArrayInputStream(randomBytes(9_999)), options))
                .withCauseInstanceOf(ContentMismatchException.class);

        targets.assertBothEmpty();
    }

    @Test
    void stopsReadingWhenTheSourceIsLongerThanDeclared() {
        WriteOptions options = WriteOptions.none().withExpectedByteCount(10_000);
        EndlessInputStream source = new EndlessInputStream();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", source, options))
                .withCauseInstanceOf(ContentMismatchException.class);

        assertThat(source.readBytes).isLessThan(1_000_000);
        targets.assertBothEmpty();
    }

    @Test
    void tellsHowManyBytesItTransferred() throws IOException {
        try (ParallelOutputStream out = writer.open("a")) {
            out.write('>');
            assertThat(out.transferFrom(new ByteArrayInputStream(bytes("12345"))))
                    .isEqualTo(5);
            assertThat(out.transferFrom(new ByteArrayInputStream(new byte[0]))).isZero();
            out.write('<');
            out.commit();
        }

        targets.assertBothHold("a", bytes(">12345<"));
    }

    private static final class FailingInputStream extends InputStream {

        private final IOException failure;

        FailingInputStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw failure;
        }
    }

    /** Returns 0 from every other bulk read, which a stream should not, and some do. */
    private static final class HesitantInputStream extends ByteArrayInputStream {

        private boolean hesitate;

        HesitantInputStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            hesitate = !hesitate;
            return hesitate ? 0 : super.read(bytes, offset, Math.min(777, length));
        }
    }

    private static final class EndlessInputStream extends InputStream {

        private long readBytes;

        @Override
        public int read() {
            readBytes++;
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            readBytes += length;
            return length;
        }
    }
}
