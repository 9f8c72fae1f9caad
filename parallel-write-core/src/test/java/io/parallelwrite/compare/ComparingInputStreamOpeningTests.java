package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.CopiesFixture.Called;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Opening all copies of one generation, and ending reads of them. */
class ComparingInputStreamOpeningTests {

    private static final byte[] BYTES = EngineFixture.bytes(20, 11);

    private static CopyInputStream open(CopiesFixture fixture) throws IOException {
        return fixture.reader.open(CopiesFixture.PATH, ReadMode.COMPARE);
    }

    @Test
    void endsWhenTheReadingThreadIsInterrupted() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingAtByte(0, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            CopyInputStream in = open(fixture);
            Called<Boolean> reading = fixture.callUntilItWaits(1, () -> {
                assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
                return Thread.interrupted();
            });
            reading.thread().interrupt();
            assertThat(EngineFixture.await(reading.result()))
                    .as("interrupted flag")
                    .isTrue();
            assertThatThrownBy(in::read).as("again").isInstanceOf(InterruptedIOException.class);
            gate.open();
            fixture.assertNothingLeft();
            in.close();
        }
    }

    @Test
    void closingFromAnotherThreadEndsAReadThatHangs() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[0].hangingAtByte(0, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            CopyInputStream in = open(fixture);
            Future<Throwable> reading = fixture.asCaller(() -> catchThrowable(in::read));
            gate.awaitArrival();
            in.close();
            assertThat(EngineFixture.await(reading))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The read of 'reports/a.csv' was closed; open another");
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isNotReadAfterItWasClosed() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(CopiesFixture.equal(2, BYTES))) {
            CopyInputStream in = open(fixture);
            assertThat(in.read()).isEqualTo(BYTES[0] & 0xff);
            in.close();
            in.close();
            assertThatThrownBy(in::read).hasMessageContaining("was closed");
            fixture.assertNothingLeft();
            assertThat(fixture.finished).as("told once").singleElement().satisfies(read -> {
                assertThat(read.mode()).isEqualTo(ReadMode.COMPARE);
                assertThat(read.servedBy()).isEqualTo("t0");
                assertThat(read.byteCount()).isEqualTo(1);
                assertThat(read.failure()).as("closing early is none").isNull();
            });
        }
    }

    @Test
    void refusesToOpenWhenOnlySomeHoldACopy() throws Exception {
        ScriptedCopies with = new ScriptedCopies("with").with(CopiesFixture.PATH, BYTES);
        ScriptedCopies without = new ScriptedCopies("without");
        ScriptedCopies away = new ScriptedCopies("away").failingBefore(ScriptedCopies.Call.READ);
        try (CopiesFixture fixture = CopiesFixture.of(with, without, away)) {
            CopiesDifferException failure = catchThrowableOfType(CopiesDifferException.class, () -> open(fixture));
            assertThat(failure)
                    .hasMessage("The copies of 'reports/a.csv' differ: 'with' had a copy; 'without' had no copy;"
                            + " 'away' failed: scripted READ");
            assertThat(failure.getSuppressed()).hasSize(1);
            fixture.assertNothingLeft();
            assertThat(fixture.differences).containsExactly(failure.difference());
            assertThat(fixture.finished).singleElement().satisfies(read -> {
                assertThat(read.servedBy()).isNull();
                assertThat(read.failure()).isSameAs(failure);
            });
        }
    }

    @Test
    void saysThatNoTargetHoldsIt() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(new ScriptedCopies("a"), new ScriptedCopies("b"))) {
            assertThatThrownBy(() -> open(fixture))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("No target holds 'reports/a.csv'");
            assertThat(fixture.differences).isEmpty();
        }
    }

    @Test
    void refusesToOpenWhenATargetCannotGiveItsCopy() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(3, BYTES);
        copies[1].failingBefore(ScriptedCopies.Call.READ);
        copies[2].failingBefore(ScriptedCopies.Call.READ);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            assertThatThrownBy(() -> open(fixture))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage(
                            "Copies of 'reports/a.csv' could not be opened: 't1' failed: scripted READ; 't2' failed:"
                                    + " scripted READ")
                    .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
            fixture.assertNothingLeft();
        }
    }

    @Test
    void givesUpATargetThatDoesNotOpenItsCopyInTime() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingBefore(ScriptedCopies.Call.READ, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            Future<Throwable> opening = fixture.asCaller(() -> catchThrowable(() -> open(fixture)));
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().open(), 1);
            assertThat(EngineFixture.await(opening)).hasMessageContaining("'t1' failed: it did not finish within");
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closesWhatIsOpenedAfterTheOpeningThreadWasInterrupted() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingBefore(ScriptedCopies.Call.READ, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            Called<Throwable> opening = fixture.callUntilItWaits(1, () -> catchThrowable(() -> open(fixture)));
            opening.thread().interrupt();
            assertThat(EngineFixture.await(opening.result())).isInstanceOf(InterruptedIOException.class);
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void opensAllCopiesOfOneGenerationWhileAWriteCommits() throws Exception {
        byte[] newer = EngineFixture.bytes(30, 12);
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingBefore(ScriptedCopies.Call.COMMIT, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(CopiesFixture.PATH, newer));
            gate.awaitArrival();
            EngineFixture.until(() -> copies[0]
                            .memory
                            .stat(TargetPath.of(CopiesFixture.PATH))
                            .orElseThrow()
                            .size()
                    == newer.length);
            Called<byte[]> reading = fixture.callUntilItWaits(1, () -> {
                try (CopyInputStream in = open(fixture)) {
                    return in.readAllBytes();
                }
            });
            assertThat(copies[0].readCount).as("waits for the commit").hasValue(0);
            gate.open();
            EngineFixture.await(writing);
            assertThat(EngineFixture.await(reading.result())).isEqualTo(newer);
            assertThat(fixture.differences).isEmpty();
        }
    }

    @Test
    void readsOnFromTheGenerationItOpenedWhenALaterWriteCommits() throws Exception {
        byte[] bytes = EngineFixture.bytes(100, 13);
        try (CopiesFixture fixture = CopiesFixture.of(7, CopiesFixture.equal(3, bytes));
                CopyInputStream in = open(fixture)) {
            byte[] first = in.readNBytes(10);
            fixture.write(CopiesFixture.PATH, EngineFixture.bytes(50, 14));
            assertThat(first).isEqualTo(Arrays.copyOf(bytes, 10));
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 10, 100));
            assertThat(List.copyOf(fixture.differences)).isEmpty();
        }
    }
}
