package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output streams written as one. */
@Timeout(60)
class ParallelTeeOutputStreamTests {

    private final ScriptedOutput a = new ScriptedOutput();
    private final ScriptedOutput b = new ScriptedOutput();
    private final ScriptedOutput c = new ScriptedOutput();

    @Test
    void writesAndFlushesAll() throws IOException {
        try (OutputStream all = ParallelTeeOutputStream.of(List.of(a, b, c))) {
            all.write(1);
            all.write(new byte[] {2, 3});
            all.write(new byte[] {0, 4, 0}, 1, 1);
            all.flush();
        }
        assertThat(List.of(a, b, c)).allSatisfy(output -> {
            assertThat(output.bytes()).containsExactly(1, 2, 3, 4);
            assertThat(output.flushCount).isEqualTo(1);
            assertThat(output.closeCount).isEqualTo(1);
        });
    }

    @Test
    void showsBothOfTwoThatFail() {
        a.failAfter(0);
        a.failure = new IOException("disk full");
        c.failAfter(0);
        c.failure = new java.net.SocketException("reset");
        OutputStream all = ParallelTeeOutputStream.of(List.of(a, b, c));
        assertThatExceptionOfType(HandlesDivergedException.class)
                .isThrownBy(() -> all.write(new byte[3]))
                .withMessage("The handles disagree about a write of 3 bytes: #0 threw java.io.IOException: disk full;"
                        + " #1 returned null; #2 threw java.net.SocketException: reset")
                .withCause(a.failure)
                .satisfies(ex -> assertThat(ex.getSuppressed()).containsExactly(c.failure));
    }

    @Test
    void writesNothingAfterOneFellOutOfStep() throws IOException {
        b.failAfter(1);
        OutputStream all = ParallelTeeOutputStream.of(List.of(a, b));
        all.write(1);
        assertThatIOException().isThrownBy(() -> all.write(2));
        assertThatIOException().isThrownBy(() -> all.write(3)).withCauseInstanceOf(HandlesDivergedException.class);
        assertThatIOException().isThrownBy(all::flush).withCauseInstanceOf(HandlesDivergedException.class);
        all.close();
        assertThat(a.bytes()).containsExactly(1, 2);
        assertThat(b.bytes()).containsExactly(1);
        assertThat(List.of(a, b)).extracting(output -> output.closeCount).containsOnly(1);
        assertThat(List.of(a, b)).extracting(output -> output.flushCount).containsOnly(0);
    }

    @Test
    void isNotWrittenAfterItWasClosed() throws IOException {
        OutputStream all = ParallelTeeOutputStream.of(List.of(a, b));
        all.close();
        assertThatIOException().isThrownBy(() -> all.write(1)).withMessage("The streams were closed");
        assertThatIOException().isThrownBy(all::flush);
        assertThat(a.bytes()).isEmpty();
    }
}
