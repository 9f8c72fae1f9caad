package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallelwrite.Gate;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineEnvironment;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.InvalidTargetPathException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading from one copy, and from the next where that fails. */
class FailOverInputStreamTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 21);

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3");

    private CopiesFixture both() {
        local.with(CopiesFixture.PATH, BYTES);
        s3.with(CopiesFixture.PATH, BYTES);
        return CopiesFixture.of(7, local, s3);
    }

    private static CopyInputStream open(CopiesFixture fixture) throws IOException {
        return fixture.reader.open(CopiesFixture.PATH);
    }

    static Stream<Arguments> shapes() {
        return Stream.of(1, 7, 64, 8192)
                .flatMap(chunk -> Stream.of(0, 1, 6, 7, 8, 63, 64, 65, 1000).map(size -> Arguments.of(chunk, size)));
    }

    @ParameterizedTest(name = "blocks of {0}, {1} bytes")
    @MethodSource("shapes")
    void readsTheFirstCopyAlone(int chunk, int size) throws Exception {
        byte[] bytes = EngineFixture.bytes(size, size);
        local.with(CopiesFixture.PATH, bytes);
        s3.with(CopiesFixture.PATH, bytes);
        try (CopiesFixture fixture = CopiesFixture.of(chunk, local, s3)) {
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
                assertThat(in.read()).isEqualTo(-1);
                assertThat(in.servedBy()).isEqualTo("local");
                assertThat(in.passedOver()).isEmpty();
            }
            assertThat(s3.readCount).hasValue(0);
            assertThat(fixture.fallbacks).isEmpty();
            assertThat(fixture.finished).singleElement().satisfies(read -> {
                assertThat(read.servedBy()).isEqualTo("local");
                assertThat(read.byteCount()).isEqualTo(size);
                assertThat(read.mode()).isEqualTo(ReadMode.FAIL_OVER);
                assertThat(read.failure()).isNull();
            });
            fixture.assertNothingLeft();
        }
    }

    @ParameterizedTest(name = "fails at byte {0}")
    @CsvSource({"0", "1", "6", "7", "8", "50", "98", "99"})
    void letsTheNextCopyTakeOverWhereTheFirstFails(int offset) throws Exception {
        try (CopiesFixture fixture = both()) {
            local.failingAtByte(offset);
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
                assertThat(in.servedBy()).isEqualTo("s3");
                assertThat(in.passedOver()).singleElement().satisfies(left -> {
                    assertThat(left.target()).isEqualTo("local");
                    assertThat(left.offset()).isEqualTo(offset / 7 * 7);
                    assertThat(left.cause()).hasMessage("scripted at " + offset);
                    assertThat(left.missing()).isFalse();
                });
            }
            assertThat(fixture.fallbacks)
                    .singleElement()
                    .satisfies(fallback -> assertThat(fallback.servedBy()).isEqualTo("s3"));
            assertThat(fixture.differences).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void letsNoCopyTakeOverThatDoesNotBeginWithTheBytesHandedOut() throws Exception {
        try (CopiesFixture fixture = both()) {
            local.failingAtByte(50);
            s3.with(CopiesFixture.PATH, ScriptedCopies.flipped(BYTES, 3));
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readNBytes(49)).hasSize(49);
                Throwable failure = catchThrowable(in::read);
                assertThat(failure)
                        .hasMessage(
                                "No target can give 'reports/a.csv' from byte 49 on: 'local' failed: scripted at 50;"
                                        + " 's3' failed: The copies of 'reports/a.csv' differ: 's3' does not begin with the 49"
                                        + " bytes that were read from 'local'.")
                        .hasCause(in.passedOver().get(0).cause());
                assertThat(failure.getSuppressed()).singleElement().isInstanceOf(CopiesDifferException.class);
                assertThatThrownBy(in::read).as("again").isSameAs(failure);
            }
            assertThat(fixture.differences).hasSize(1);
            assertThat(fixture.fallbacks).isEmpty();
            assertThat(fixture.finished)
                    .singleElement()
                    .satisfies(read -> assertThat(read.failure()).isNotNull());
            fixture.assertNothingLeft();
        }
    }

    @Test
    void letsNoShorterCopyTakeOver() throws Exception {
        try (CopiesFixture fixture = both()) {
            local.failingAtByte(50);
            s3.with(CopiesFixture.PATH, ScriptedCopies.cut(BYTES, 20));
            try (CopyInputStream in = open(fixture)) {
                assertThatThrownBy(in::readAllBytes).hasMessageContaining("'s3' does not begin with the 49 bytes");
            }
            fixture.assertNothingLeft();
        }
    }

    @Test
    void asksEachTargetOnceAndInOrder() throws Exception {
        ScriptedCopies backup = new ScriptedCopies("backup").with(CopiesFixture.PATH, BYTES);
        local.with(CopiesFixture.PATH, BYTES).failingAtByte(30);
        s3.with(CopiesFixture.PATH, BYTES).failingAtByte(60);
        try (CopiesFixture fixture = CopiesFixture.of(7, local, s3, backup)) {
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
                assertThat(in.passedOver()).extracting(PassedOver::target).containsExactly("local", "s3");
                assertThat(in.passedOver()).extracting(PassedOver::offset).containsExactly(28L, 56L);
            }
            assertThat(fixture.fallbacks).hasSize(2);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void passesOverATargetThatDoesNotOpenInTime() throws Exception {
        Gate gate = new Gate();
        try (CopiesFixture fixture = both()) {
            local.hangingBefore(ScriptedCopies.Call.READ, gate);
            Future<CopyInputStream> opening = fixture.asCaller(() -> open(fixture));
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().open(), 1);
            try (CopyInputStream in = EngineFixture.await(opening)) {
                assertThat(in.servedBy()).isEqualTo("s3");
                assertThat(in.passedOver().get(0).cause()).isInstanceOf(DeadlineExceededException.class);
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
            }
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void passesOverATargetThatHangsInTheMiddle() throws Exception {
        Gate gate = new Gate();
        try (CopiesFixture fixture = both()) {
            local.hangingAtByte(50, gate);
            CopyInputStream in = open(fixture);
            Future<byte[]> reading = fixture.asCaller(in::readAllBytes);
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().stall(), 1);
            assertThat(EngineFixture.await(reading)).isEqualTo(BYTES);
            in.close();
            assertThat(local.openStreams).as("its call still hangs").hasValue(1);
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void saysThatNoTargetHoldsIt() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(local, s3)) {
            assertThatThrownBy(() -> open(fixture))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("No target holds 'reports/a.csv'");
            assertThat(fixture.finished).singleElement().satisfies(read -> {
                assertThat(read.servedBy()).isNull();
                assertThat(read.passedOver()).allMatch(PassedOver::missing);
            });
        }
    }

    @Test
    void doesNotSayMissingWhenATargetCouldNotBeAsked() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(local, s3)) {
            s3.failingBefore(ScriptedCopies.Call.READ);
            assertThatThrownBy(() -> open(fixture))
                    .isNotInstanceOf(FileNotFoundException.class)
                    .hasMessage(
                            "No target can give 'reports/a.csv': 'local' holds no copy; 's3' failed: scripted READ.");
        }
    }

    @Test
    void endsWhenTheReadingThreadIsInterrupted() throws Exception {
        Gate gate = new Gate();
        try (CopiesFixture fixture = both()) {
            local.hangingAtByte(0, gate);
            CopyInputStream in = open(fixture);
            CompletableFuture<Thread> reader = new CompletableFuture<>();
            Future<Boolean> reading = fixture.asCaller(() -> {
                reader.complete(Thread.currentThread());
                assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
                return Thread.interrupted();
            });
            gate.awaitArrival();
            reader.get().interrupt();
            assertThat(EngineFixture.await(reading)).as("interrupted flag").isTrue();
            assertThat(s3.readCount).as("no other target is asked").hasValue(0);
            in.close();
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void takesATimeOutOfATargetForAFailureNotForAnInterrupt() throws Exception {
        try (CopiesFixture fixture = both()) {
            local.atByte(0, () -> {
                throw new InterruptedIOException("read timed out");
            });
            try (CopyInputStream in = open(fixture)) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
            }
        }
    }

    @Test
    void closingFromAnotherThreadEndsAReadThatHangs() throws Exception {
        Gate gate = new Gate();
        try (CopiesFixture fixture = both()) {
            local.hangingAtByte(0, gate);
            CopyInputStream in = open(fixture);
            Future<Throwable> reading = fixture.asCaller(() -> catchThrowable(in::read));
            gate.awaitArrival();
            in.close();
            assertThat(EngineFixture.await(reading)).isInstanceOf(IOException.class);
            assertThat(s3.readCount).as("no other target is asked").hasValue(0);
            assertThatThrownBy(in::read).hasMessage("The read of 'reports/a.csv' was closed; open another");
            assertThat(fixture.finished)
                    .singleElement()
                    .satisfies(read -> assertThat(read.failure()).isNull());
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closingFromAnotherThreadEndsAReadThatWaitsForAnotherCopyToOpen() throws Exception {
        Gate gate = new Gate();
        try (CopiesFixture fixture = both()) {
            local.failingAtByte(50);
            s3.hangingBefore(ScriptedCopies.Call.READ, gate);
            CopyInputStream in = open(fixture);
            Future<Throwable> reading = fixture.asCaller(() -> catchThrowable(in::readAllBytes));
            gate.awaitArrival();
            in.close();
            assertThat(EngineFixture.await(reading)).hasMessage("The read of 'reports/a.csv' was closed; open another");
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closingFromAnotherThreadEndsAReadThatProvesAnotherCopy() throws Exception {
        Gate gate = new Gate();
        try (CopiesFixture fixture = both()) {
            local.failingAtByte(50);
            s3.hangingAtByte(14, gate);
            CopyInputStream in = open(fixture);
            Future<Throwable> reading = fixture.asCaller(() -> catchThrowable(in::readAllBytes));
            gate.awaitArrival();
            in.close();
            assertThat(EngineFixture.await(reading)).hasMessage("The read of 'reports/a.csv' was closed; open another");
            assertThat(fixture.finished).singleElement().satisfies(read -> {
                assertThat(read.servedBy()).isEqualTo("local");
                assertThat(read.failure()).isNull();
            });
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void anInterruptThatDisturbsNothingIsNotTakenForAMissingCopy() throws Exception {
        s3.with(CopiesFixture.PATH, BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(local, s3)) {
            WriteEngine sameThread = new WriteEngine(
                    List.copyOf(fixture.targets),
                    EngineSettings.defaults(),
                    EngineEnvironment.of(Runnable::run, fixture.timer, List.of())); // no call is ever waited for
            ParallelResourceReader reader =
                    ParallelResourceReader.of(sameThread, ReadSettings.defaults(), task -> {}, List.of());
            Thread.currentThread().interrupt();
            try (CopyInputStream in = reader.open(CopiesFixture.PATH)) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
            } finally {
                assertThat(Thread.interrupted()).as("interrupted flag").isTrue();
            }
        }
    }

    @Test
    void refusesAPathBeforeAnythingOpens() throws Exception {
        try (CopiesFixture fixture = both()) {
            assertThatThrownBy(() -> fixture.reader.open("../a")).isInstanceOf(InvalidTargetPathException.class);
            assertThat(local.readCount).hasValue(0);
        }
    }

    @Test
    void findsTheFirstTargetThatHoldsIt() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(local, s3)) {
            assertThat(fixture.reader.find(CopiesFixture.PATH)).isEmpty();
            s3.with(CopiesFixture.PATH, BYTES);
            assertThat(fixture.reader.find(CopiesFixture.PATH)).hasValueSatisfying(held -> {
                assertThat(held.target()).isEqualTo("s3");
                assertThat(held.object().size()).isEqualTo(BYTES.length);
            });
            local.failingBefore(ScriptedCopies.Call.STAT);
            assertThat(fixture.reader.find(CopiesFixture.PATH)).isPresent();
            assertThatThrownBy(() -> fixture.reader.find("other"))
                    .hasMessage("Target 'local' could not be asked for 'other'");
        }
    }
}
