package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Input streams read as one. */
@Timeout(60)
class ParallelInputStreamTests {

    @Test
    void givesBytesOneByOne() throws IOException {
        try (InputStream all = ParallelInputStream.of(streams(new byte[] {-1, 0, 1}, new byte[] {-1, 0, 1}))) {
            assertThat(all.read()).isEqualTo(255);
            assertThat(all.read()).isZero();
            assertThat(all.read()).isEqualTo(1);
            assertThat(all.read()).isEqualTo(-1);
            assertThat(all.read()).isEqualTo(-1);
        }
    }

    @Test
    void takesNoShortCountForADifference() throws IOException {
        byte[] content = new byte[200_000];
        new Random(2).nextBytes(content);
        try (InputStream all = ParallelInputStream.of(
                List.of(new ByteArrayInputStream(content), dawdling(content, 1), dawdling(content, 1000)))) {
            byte[] read = new byte[100_000];
            assertThat(all.read(read)).isEqualTo(65536);
            assertThat(all.read(read, 65536, 34_464)).isEqualTo(34_464);
            assertThat(read).isEqualTo(Arrays.copyOf(content, 100_000));
            assertThat(all.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 100_000, 200_000));
        }
    }

    @Test
    void givesUpAStreamThatGivesNothing() {
        InputStream all =
                ParallelInputStream.of(List.of(dawdling(new byte[5], 0), new ByteArrayInputStream(new byte[5])));
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.read(new byte[5]))
                .withStackTraceContaining("Its read moved nothing 100 times in a row, with 5 to go");
    }

    @Test
    void namesTheOffsetWhereOneEnds() throws IOException {
        InputStream all =
                ParallelInputStream.of(streams(new byte[] {1, 2, 3}, new byte[] {1, 2}, new byte[] {1, 2, 3}));
        assertThat(all.read()).isEqualTo(1);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.read(new byte[10]))
                .withMessage("What the handles read differs at byte 2: #0 and #2 read 0x03; #1 ended."
                        + " #1 is in the minority");
    }

    @Test
    void leavesTheArrayAsItWasIfContentsDiffer() {
        InputStream all = ParallelInputStream.of(streams(new byte[] {1, 2}, new byte[] {1, 3}));
        byte[] target = {7, 7, 7};
        assertThatIOException().isThrownBy(() -> all.read(target));
        assertThat(target).containsExactly(7, 7, 7);
    }

    @Test
    void comparesWhatItSkips() throws IOException {
        InputStream all = ParallelInputStream.of(streams(new byte[] {1, 2, 3}, new byte[] {1, 9, 3}));
        assertThat(all.skip(1)).isEqualTo(1);
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.skip(1))
                .withMessageContaining("byte 1");
    }

    @Test
    void hasAvailableWhatAllHave() throws IOException {
        byte[] content = new byte[10];
        try (InputStream all =
                ParallelInputStream.of(List.of(new ByteArrayInputStream(content), dawdling(content, 3)))) {
            assertThat(all.available()).isEqualTo(3);
            assertThat(all.markSupported()).isFalse();
        }
    }

    @Test
    void saysWhoFailed() throws IOException {
        IOException failure = new IOException("torn cable");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
        InputStream all = ParallelInputStream.of(List.of(new ByteArrayInputStream(new byte[1]), failing));
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(all::read)
                .withMessageStartingWith("The handles disagree about a read at byte 0: #0 returned")
                .withMessageEndingWith("#1 threw java.io.IOException: torn cable")
                .withCause(failure);
        assertThatIOException()
                .isThrownBy(all::available)
                .withCauseInstanceOf(HandlesDivergedException.class)
                .withStackTraceContaining("torn cable");
        all.close();
    }

    @Test
    void isNotReadAfterItWasClosed() throws IOException {
        InputStream all = ParallelInputStream.of(streams(new byte[] {1}, new byte[] {1}));
        all.close();
        all.close();
        assertThatIOException().isThrownBy(all::read).withMessage("The streams were closed");
        assertThatIOException().isThrownBy(() -> all.read(new byte[0]));
        assertThatIOException().isThrownBy(all::available);
    }

    private static List<InputStream> streams(byte[]... contents) {
        List<InputStream> streams = new ArrayList<>();
        for (byte[] content : contents) {
            streams.add(new ByteArrayInputStream(content));
        }
        return streams;
    }

    private static InputStream dawdling(byte[] content, int mostPerRead) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(length, mostPerRead));
            }

            @Override
            public synchronized int available() {
                return Math.min(super.available(), mostPerRead);
            }
        };
    }
}
