package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.FaultyTarget.Fault;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.MemoryTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Targets, rules, listeners and executors that do what they must not. The write ends with an honest outcome, and gives
 * back what it held: the writer lets one write in at a time, so a later one shows it.
 */
@Timeout(60)
class MisbehaviourTests {

    private final MemoryTarget memory = new MemoryTarget("memory");

    @AutoClose("shutdown")
    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    private static ParallelResourceWriterBuilder oneAtATime(ParallelResourceWriterBuilder builder) {
        return builder.settings(builder.settings().withMaxOpenWrites(1, Duration.ZERO));
    }

    private ParallelResourceWriterBuilder writerWith(Fault fault) {
        return oneAtATime(
                ParallelResourceWriter.builder().target(new FaultyTarget(fault)).target(memory));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            NO_STAGE_FROM_OPEN           -> while opening: java.lang.NullPointerException
            NO_WRITE_FROM_OPEN           -> the target write was never opened
            NO_STAGE_FROM_WRITE          -> while writing: java.lang.NullPointerException
            HALF_OF_THE_BYTES_TAKEN      -> while writing: the target left 4 of 7 bytes untaken
            CANCELLED_STAGE_FROM_PREPARE -> while preparing: java.util.concurrent.CancellationException
            ERROR_FROM_PREPARE           -> while preparing: java.lang.NoClassDefFoundError: a broken class path
            """)
    void aFaultBeforeTheCommitFailsTheWriteWithNothingVisible(Fault fault, String message) throws IOException {
        try (ParallelResourceWriter writer = writerWith(fault).build()) {
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("a", bytes("content")))
                    .withMessageContaining(message)
                    .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));

            assertThat(memory.paths()).isEmpty();
            assertNothingIsHeld(writer);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            NO_RECEIPT              -> while committing: the target gave no receipt
            RECEIPT_OF_ANOTHER_SIZE -> when its receipt was compared: it holds 1 bytes, 7 were sent
            RECEIPT_OF_OTHER_BYTES  -> when its receipt was compared: its checksum is CRC32C:00000001
            """)
    void aFaultAtTheCommitLeavesTheTargetInDoubt(Fault fault, String message) throws IOException {
        try (ParallelResourceWriter writer = writerWith(fault).build()) {
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("a", bytes("content")))
                    .withMessageContaining(message)
                    .satisfies(thrown -> {
                        assertThat(thrown.result().status()).isEqualTo(WriteStatus.IN_DOUBT);
                        assertThat(thrown.result().outcome("faulty")).isInstanceOf(TargetOutcome.InDoubt.class);
                    });

            assertNothingIsHeld(writer);
        }
    }

    @Test
    void anErrorFromCancelAndAbortStopsNoOtherAbort() throws IOException {
        try (ParallelResourceWriter writer =
                writerWith(Fault.ERROR_FROM_CANCEL_AND_ABORT).build()) {
            ParallelOutputStream out = writer.open("a");
            out.write(bytes("content"));

            out.close();

            assertNothingIsHeld(writer);
        }
    }

    @Test
    void aRuleThatThrowsIsNotMet() throws IOException {
        AtomicBoolean fails = new AtomicBoolean();
        ParallelResourceWriterBuilder builder =
                oneAtATime(ParallelResourceWriter.builder().target(memory));
        builder.settings(builder.settings().withRule((good, all) -> {
            if (fails.get()) {
                throw new IllegalStateException("a rule's own bug");
            }
            return good.containsAll(all);
        }));
        try (ParallelResourceWriter writer = builder.build()) {
            fails.set(true);
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("a", bytes("content")))
                    .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));

            assertThat(memory.paths()).isEmpty();
            fails.set(false);
            assertNothingIsHeld(writer);
        }
    }

    @Test
    void aListenerThatThrowsAnErrorAtTheEndDoesNotHideTheResult() throws IOException {
        WriteListener listener = new WriteListener() {
            @Override
            public void finished(WriteStart start, WriteResult result) {
                throw new StackOverflowError("a listener's own bug");
            }
        };
        try (ParallelResourceWriter writer = oneAtATime(
                        ParallelResourceWriter.builder().target(memory).listener(listener))
                .build()) {
            assertThat(writer.write("a", bytes("content")).status()).isEqualTo(WriteStatus.COMMITTED);
            assertNothingIsHeld(writer);
        }
    }

    /** For every task of a write in turn: an executor that refuses that task and runs the others. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anExecutorThatRefusesATaskFailsTheWriteAtMost(int refused) throws IOException {
        AtomicInteger tasks = new AtomicInteger();
        MemoryTarget other = new MemoryTarget("other");
        try (ParallelResourceWriter writer = oneAtATime(ParallelResourceWriter.builder()
                        .target(memory)
                        .target(other)
                        .executor(task -> {
                            if (tasks.incrementAndGet() == refused) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                            executor.execute(task);
                        }))
                .build()) {
            WriteStatus status = statusOf(writer);

            if (status == WriteStatus.COMMITTED) {
                assertThat(memory.paths()).isEqualTo(other.paths()).containsExactly("a");
            } else if (status == WriteStatus.FAILED) {
                assertThat(memory.paths()).isEqualTo(other.paths()).isEmpty();
            } else {
                assertThat(status).isEqualTo(WriteStatus.IN_DOUBT);
                assertThat(memory.paths()).isNotEqualTo(other.paths());
            }
            tasks.set(refused);
            assertNothingIsHeld(writer);
        }
    }

    private static WriteStatus statusOf(ParallelResourceWriter writer) throws IOException {
        try {
            return writer.write("a", bytes("content")).status();
        } catch (ParallelWriteException ex) {
            return ex.result().status();
        }
    }

    private static void assertNothingIsHeld(ParallelResourceWriter writer) throws IOException {
        assertThat(writer.write("later", bytes("content")).status()).isEqualTo(WriteStatus.COMMITTED);
    }
}
