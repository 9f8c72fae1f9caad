package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriterCloseTests {

    @AutoClose
    private final TwoTargets targets = new TwoTargets();

    private final ParallelResourceWriter writer = targets.writer;

    WriterCloseTests() throws IOException {}

    private static TwoTargets impatientTargets() throws IOException {
        return new TwoTargets(builder -> builder.settings(builder.settings().withShutdown(Duration.ZERO)));
    }

    @Test
    void rejectsLaterWrites() throws IOException {
        writer.close();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", bytes("content")))
                .withMessage("The write of 'a' was given up: the writer is closed and takes no new writes. "
                        + "'local' was not touched. 's3' was not touched. "
                        + "Nothing is visible under this path that was not before.")
                .satisfies(thrown -> {
                    assertThat(thrown.result().status()).isEqualTo(WriteStatus.REJECTED);
                    assertThat(thrown.result().outcomes())
                            .containsExactly(
                                    new TargetOutcome.Skipped("local", "memory"),
                                    new TargetOutcome.Skipped("s3", "memory"));
                });
        targets.assertNeitherWasTouched();
    }

    @Test
    void rejectsLaterDeletesAndStreams() throws IOException {
        writer.close();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.delete("a"))
                .withMessageStartingWith("The delete of 'a' was given up: the writer is closed");
        assertThatExceptionOfType(ParallelWriteException.class).isThrownBy(() -> writer.open("a"));
        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.resource("a").getOutputStream());
        targets.assertNeitherWasTouched();
    }

    @Test
    void closesEveryTargetOnce() throws IOException {
        writer.close();
        writer.close();

        assertThat(targets.local.lifeCycle()).containsExactly("initialized", "closed");
        assertThat(targets.s3.lifeCycle()).containsExactly("initialized", "closed");
    }

    @Test
    void closesTheOtherTargetsWhenOneCannotBeClosed() throws IOException {
        IOException stuck = new IOException("stuck");
        IllegalStateException gone = new IllegalStateException("gone");
        targets.local.onClose(() -> {
            throw stuck;
        });
        targets.s3.onClose(() -> {
            throw gone;
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(writer::close)
                .withMessage("The writer was closed, but target 'local' was not: java.io.IOException: stuck")
                .withCause(stuck)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(gone));

        assertThatCode(writer::close).doesNotThrowAnyException();
        assertThat(targets.s3.lifeCycle()).endsWith("closed");
    }

    @Test
    void abortsWhatIsStillOpenWhenTheShutdownTimeIsOver() throws IOException {
        TwoTargets impatient = impatientTargets();
        List<String> stagedWhenClosed = new ArrayList<>();
        impatient.local.onClose(
                () -> stagedWhenClosed.addAll(impatient.local.memory().openWrites()));
        ParallelOutputStream out = impatient.writer.open("a");
        out.write(bytes("content"));

        impatient.close();

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(out::commit)
                .withMessageStartingWith(
                        "The write of 'a' was given up: the writer was closed before the write had ended.")
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));
        assertThatCode(out::close).doesNotThrowAnyException();
        impatient.assertBothEmpty();
        assertThat(stagedWhenClosed).as("targets are closed after the abort").isEmpty();
    }

    @Test
    void waitsForAnOpenWriteToCommit() throws Exception {
        ParallelOutputStream out = writer.open("a");
        Thread closing = new Thread(() -> {
            try {
                writer.close();
            } catch (IOException ex) {
                throw new CompletionException(ex);
            }
        });
        closing.start();
        Gate.awaitBlocked(closing);
        assertThat(targets.local.lifeCycle()).doesNotContain("closed");

        out.write(bytes("content"));
        assertThat(out.commit().status()).isEqualTo(WriteStatus.COMMITTED);

        closing.join();
        targets.assertBothHold("a", bytes("content"));
        assertThat(targets.local.lifeCycle()).containsExactly("initialized", "closed");
    }

    @Test
    void rejectsAWriteThatWaitsForItsTurn() throws Exception {
        TwoTargets full = new TwoTargets(builder -> builder.settings(
                builder.settings().withShutdown(Duration.ZERO).withMaxOpenWrites(1, Duration.ofMinutes(10))));
        ParallelOutputStream out = full.writer.open("a");
        CompletableFuture<Object> waitingWrite = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                waitingWrite.complete(full.writer.write("b", bytes("content")));
            } catch (IOException ex) {
                waitingWrite.completeExceptionally(ex);
            }
        });
        waiting.start();
        Gate.awaitBlocked(waiting);

        full.close();

        assertThat(waitingWrite)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ParallelWriteException.class)
                .withMessageContaining("the writer is closed");
        waiting.join();
        out.close();
        full.assertBothEmpty();
    }

    @Test
    void endsTheThreadsOfItsOwn() throws Exception {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        targets.local.at(Phase.COMMIT, () -> workers.add(Thread.currentThread()));
        targets.s3.at(Phase.COMMIT, () -> workers.add(Thread.currentThread()));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        writer.write("a", bytes("content"));
        Set<Thread> timers = timersAmong(Thread.getAllStackTraces().keySet());
        timers.removeAll(before);
        assertThat(workers).isNotEmpty().allMatch(Thread::isDaemon);
        assertThat(timers).hasSize(1).allMatch(Thread::isDaemon);

        writer.close();

        for (Thread ended : workers) {
            ended.join();
        }
        for (Thread ended : timers) {
            ended.join();
        }
    }

    private static Set<Thread> timersAmong(Set<Thread> threads) {
        Set<Thread> timers = ConcurrentHashMap.newKeySet();
        threads.stream()
                .filter(thread -> thread.getName().equals("parallel-write-deadlines"))
                .forEach(timers::add);
        return timers;
    }
}
