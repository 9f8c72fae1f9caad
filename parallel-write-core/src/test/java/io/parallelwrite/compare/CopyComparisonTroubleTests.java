package io.parallelwrite.compare;

import static io.parallelwrite.compare.CopiesFixture.crc32c;
import static io.parallelwrite.compare.CopiesFixture.disk;
import static io.parallelwrite.compare.CopiesFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.CopiesFixture.Called;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparing while targets fail, hang or are being written to. */
class CopyComparisonTroubleTests {

    private static final byte[] BYTES = EngineFixture.bytes(20, 21);
    private static final byte[] OTHER = ScriptedCopies.flipped(BYTES, 13);

    private static Comparison compare(CopiesFixture fixture) throws Exception {
        Comparison comparison = fixture.reader.compare(CopiesFixture.PATH);
        assertThat(comparison.path()).isEqualTo(CopiesFixture.PATH);
        assertThat(comparison.answers()).extracting(CopyAnswer::target).isEqualTo(fixture.names());
        fixture.assertNothingLeft();
        List<Comparison> differences = List.copyOf(fixture.differences);
        assertThat(differences).isEqualTo(comparison instanceof Comparison.Different ? List.of(comparison) : List.of());
        return comparison;
    }

    private static Comparison.Different expectDifferent(CopiesFixture fixture) throws Exception {
        Comparison comparison = compare(fixture);
        assertThat(comparison).isInstanceOf(Comparison.Different.class);
        return (Comparison.Different) comparison;
    }

    private static byte[] bytesOf(ScriptedCopies target) {
        try {
            return target.memory.read(TargetPath.of(CopiesFixture.PATH)).readAllBytes();
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScriptedCopies.Call.class,
            names = {"STAT", "READ"})
    void isUndecidedWhenATargetCannotBeAsked(ScriptedCopies.Call call) throws Exception {
        ScriptedCopies away = disk("away", BYTES).failingBefore(call);
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), away, disk("b", BYTES))) {
            Comparison comparison = compare(fixture);
            assertThat(comparison).isInstanceOf(Comparison.Undecided.class);
            assertThat(comparison.answers().get(1)).isInstanceOfSatisfying(CopyAnswer.Unavailable.class, answer -> {
                assertThat(answer.target()).isEqualTo("away");
                assertThat(answer.cause()).hasMessage("scripted " + call);
            });
        }
    }

    @Test
    void readsNothingWhenThereIsNothingToCompareWith() throws Exception {
        ScriptedCopies only = disk("only", BYTES);
        ScriptedCopies away = new ScriptedCopies("away").failingBefore(ScriptedCopies.Call.STAT);
        try (CopiesFixture fixture = CopiesFixture.of(only, away)) {
            assertThat(compare(fixture)).isInstanceOf(Comparison.Undecided.class);
            assertThat(only.readCount).hasValue(0);
        }
    }

    @Test
    void findsADifferenceAlsoWhenATargetCannotBeAsked() throws Exception {
        ScriptedCopies away = disk("away", BYTES).failingBefore(ScriptedCopies.Call.STAT);
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), away, store("b", OTHER), store("c", BYTES))) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.minority()).as("two of four are no majority").isEmpty();
            assertThat(different.description())
                    .endsWith("; the first difference is at byte 13; 'away' failed: scripted STAT");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 19, 20})
    void goesOnWithTheOthersWhenACopyCannotBeReadToItsEnd(long offset) throws Exception {
        ScriptedCopies broken = disk("broken", BYTES).failingAtByte(offset);
        ScriptedCopies other = disk("other", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(7, broken, disk("a", BYTES), other)) {
            assertThat(compare(fixture)).isInstanceOf(Comparison.Undecided.class);
            other.with(CopiesFixture.PATH, OTHER);
            fixture.differences.clear();
            assertThat(expectDifferent(fixture).offset()).hasValue(13);
        }
    }

    @Test
    void countsATargetThatDoesNotAnswerInTimeAsUnavailable() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies hung = disk("hung", BYTES).hangingBefore(ScriptedCopies.Call.STAT, gate);
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), hung)) {
            Future<Comparison> comparing = fixture.asCaller(() -> fixture.reader.compare(CopiesFixture.PATH));
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().open(), 1);
            assertThat(EngineFixture.await(comparing).answers().get(1))
                    .isInstanceOfSatisfying(
                            CopyAnswer.Unavailable.class,
                            answer -> assertThat(answer.cause()).isInstanceOf(DeadlineExceededException.class));
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closesEverythingWhenTheThreadIsInterrupted() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies hung = disk("hung", BYTES).hangingAtByte(7, gate);
        try (CopiesFixture fixture = CopiesFixture.of(7, disk("a", BYTES), hung)) {
            Called<Boolean> comparing = fixture.callUntilItWaits(1, () -> {
                assertThatThrownBy(() -> fixture.reader.compare(CopiesFixture.PATH))
                        .isInstanceOf(InterruptedIOException.class);
                return Thread.interrupted();
            });
            comparing.thread().interrupt();
            assertThat(EngineFixture.await(comparing.result()))
                    .as("interrupted flag")
                    .isTrue();
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void waitsForAWriteThatCommitsAndThenFindsNoDifference() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies slow = disk("slow", BYTES).hangingBefore(ScriptedCopies.Call.COMMIT, gate);
        ScriptedCopies fast = disk("fast", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(fast, slow)) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(CopiesFixture.PATH, OTHER));
            gate.awaitArrival();
            EngineFixture.until(() -> Arrays.equals(bytesOf(fast), OTHER));
            Called<Comparison> comparing =
                    fixture.callUntilItWaits(1, () -> fixture.reader.compare(CopiesFixture.PATH));
            gate.open();
            EngineFixture.await(writing);
            assertThat(EngineFixture.await(comparing.result())).isInstanceOf(Comparison.Equal.class);
            assertThat(fixture.differences).isEmpty();
        }
    }

    @Test
    void comparesTheGenerationItOpenedWhileALaterWriteCommits() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        Gate gate = new Gate();
        copies[0].keeping(null).hangingAtByte(7, gate);
        copies[1].keeping(null);
        try (CopiesFixture fixture = CopiesFixture.of(7, copies)) {
            Future<Comparison> comparing = fixture.asCaller(() -> fixture.reader.compare(CopiesFixture.PATH));
            gate.awaitArrival();
            fixture.write(CopiesFixture.PATH, OTHER); // is not held up
            gate.open();
            Comparison comparison = EngineFixture.await(comparing);
            assertThat(comparison).isInstanceOf(Comparison.Equal.class);
            assertThat(comparison.targetsHolding(crc32c(BYTES))).containsExactly("t0", "t1");
        }
    }
}
