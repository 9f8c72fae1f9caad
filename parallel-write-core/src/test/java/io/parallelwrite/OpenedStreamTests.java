package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.BufferSettings;
import io.parallelwrite.stream.ParallelOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class OpenedStreamTests {

    private static final DataSize CHUNK = DataSize.ofKilobytes(8);

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    OpenedStreamTests() throws IOException {
        targets = new TwoTargets(
                builder -> builder.settings(builder.settings().withBuffers(new BufferSettings(CHUNK, CHUNK, CHUNK))));
        writer = targets.writer;
    }

    @Test
    void showsNothingBeforeTheCommit() throws IOException {
        try (ParallelOutputStream out = writer.open("a")) {
            out.write(randomBytes(100_000));
            out.flush();
            assertThat(targets.local.memory().paths()).isEmpty();
            assertThat(targets.s3.memory().paths()).isEmpty();

            assertThat(out.commit().status()).isEqualTo(WriteStatus.COMMITTED);
        }

        targets.assertBothHold("a", randomBytes(100_000));
    }

    @Test
    void discardsEverythingWhenClosedWithoutACommit() throws IOException {
        ParallelOutputStream out = writer.open("a");
        out.write(randomBytes(100_000));

        out.close();
        out.close();

        targets.assertBothEmpty();
        assertThat(targets.local.calls()).endsWith(Phase.ABORT).doesNotContain(Phase.PREPARE);
    }

    @Test
    void refusesASecondCommit() throws IOException {
        try (ParallelOutputStream out = writer.open("a")) {
            out.write(bytes("content"));
            out.commit();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(out::commit)
                    .withMessage("The write of 'a' has been committed and takes nothing more; open another");
        }

        targets.assertBothHold("a", bytes("content"));
        assertThat(targets.s3.calls()).containsOnlyOnce(Phase.COMMIT);
    }

    @Test
    void refusesToWriteAfterTheCommit() throws IOException {
        try (ParallelOutputStream out = writer.open("a")) {
            out.commit();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> out.write('x'))
                    .withMessage("The write of 'a' has been committed and takes nothing more; open another");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> out.write(new byte[0]));
            assertThatExceptionOfType(IOException.class).isThrownBy(out::flush);
        }

        targets.assertBothHold("a", new byte[0]);
    }

    @Test
    void abortingOrClosingAfterTheCommitChangesNothing() throws IOException {
        ParallelOutputStream out = writer.open("a");
        out.write(bytes("content"));
        out.commit();

        out.abort();
        out.close();

        targets.assertBothHold("a", bytes("content"));
        assertThat(targets.local.calls()).doesNotContain(Phase.ABORT);
    }

    @Test
    void refusesToWriteOrCommitAfterAnAbort() throws IOException {
        ParallelOutputStream out = writer.open("a");
        out.write(bytes("content"));
        out.abort();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> out.write('x'))
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));
        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(out::commit)
                .withMessage("'local' was aborted. 's3' was aborted. "
                        + "Nothing is visible under this path that was not before.");
        assertThatCode(out::close).doesNotThrowAnyException();
        targets.assertBothEmpty();
    }

    @Test
    void anotherThreadMayAbortWhileTheWriterIsBlocked() throws Exception {
        Gate gate = new Gate();
        targets.s3.at(Phase.WRITE, gate::pass).onCancel(gate::open);
        ParallelOutputStream out = writer.open("a");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread blocked = start(
                () -> thrown.complete(catchThrowableOfType(IOException.class, () -> out.write(new byte[1_000_000]))));
        gate.awaitArrival();
        Gate.awaitBlocked(blocked);

        out.abort();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        blocked.join();
        assertThatExceptionOfType(ParallelWriteException.class).isThrownBy(out::commit);
        targets.assertBothEmpty();
    }

    @Test
    void anInterruptEndsAWriteThatIsBlocked() throws Exception {
        Gate gate = new Gate();
        targets.s3.at(Phase.WRITE, gate::pass).onCancel(gate::open);
        ParallelOutputStream out = writer.open("a");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread blocked = start(() -> {
            thrown.complete(catchThrowableOfType(IOException.class, () -> out.write(new byte[1_000_000])));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        gate.awaitArrival();
        Gate.awaitBlocked(blocked);

        blocked.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ParallelWriteException.class)
                .hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        blocked.join();
        targets.assertBothEmpty();
    }

    @Test
    void keepsAnInterruptForLaterOnceTheCommitIsDecided() throws Exception {
        Gate gate = new Gate();
        targets.s3.at(Phase.COMMIT, gate::pass);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<WriteStatus> status = new CompletableFuture<>();
        Thread committing = start(() -> {
            try (ParallelOutputStream out = writer.open("a")) {
                out.write(bytes("content"));
                status.complete(out.commit().status());
            } catch (IOException ex) {
                status.completeExceptionally(ex);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        gate.awaitArrival();

        committing.interrupt();
        gate.open();

        assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(WriteStatus.COMMITTED);
        assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        committing.join();
        targets.assertBothHold("a", bytes("content"));
    }

    @Test
    void refusesARangeOutsideTheArray() throws IOException {
        try (ParallelOutputStream out = writer.open("a")) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> out.write(new byte[3], 1, 3));
            out.write(bytes("abc"), 1, 2);
            out.commit();
        }

        targets.assertBothHold("a", bytes("bc"));
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "writer under test");
        thread.start();
        return thread;
    }
}
