package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.CopiesFixture.Called;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparing the copies of one path: what is concluded, from what evidence, and what is read for it. */
class CopyComparisonTests {

    private static final byte[] BYTES = EngineFixture.bytes(20, 21);
    private static final byte[] OTHER = ScriptedCopies.flipped(BYTES, 13);

    private static ScriptedCopies disk(String name, byte[] bytes) {
        return new ScriptedCopies(name).with(CopiesFixture.PATH, bytes).keeping(null);
    }

    /** Keeps a CRC-32C, as S3 does. */
    private static ScriptedCopies store(String name, byte[] bytes) {
        return new ScriptedCopies(name).with(CopiesFixture.PATH, bytes);
    }

    private static Checksum crc32c(byte[] bytes) {
        return ScriptedCopies.checksum(ChecksumAlgorithm.CRC32C, bytes);
    }

    private static Comparison compare(CopiesFixture fixture) throws Exception {
        Comparison comparison = fixture.reader.compare(CopiesFixture.PATH);
        assertThat(comparison.path()).isEqualTo(CopiesFixture.PATH);
        assertThat(comparison.answers()).extracting(CopyAnswer::target).isEqualTo(fixture.names());
        fixture.assertNothingLeft();
        List<Comparison> differences = List.copyOf(fixture.differences);
        assertThat(differences).isEqualTo(comparison instanceof Comparison.Different ? List.of(comparison) : List.of());
        return comparison;
    }

    private static Comparison.Equal expectEqual(CopiesFixture fixture) throws Exception {
        Comparison comparison = compare(fixture);
        assertThat(comparison).isInstanceOf(Comparison.Equal.class);
        return (Comparison.Equal) comparison;
    }

    private static Comparison.Different expectDifferent(CopiesFixture fixture) throws Exception {
        Comparison comparison = compare(fixture);
        assertThat(comparison).isInstanceOf(Comparison.Different.class);
        return (Comparison.Different) comparison;
    }

    private static Stream<Checksum> checksums(Comparison comparison) {
        return comparison.answers().stream().map(CopyAnswer.Held.class::cast).map(CopyAnswer.Held::checksum);
    }

    @Test
    void readsNothingWhenAllTargetsKeepAChecksum() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(store("a", BYTES), store("b", BYTES), store("c", BYTES))) {
            Comparison.Equal equal = expectEqual(fixture);
            assertThat(equal.strength()).isEqualTo(Strength.FULL_OBJECT);
            assertThat(checksums(equal)).containsOnly(crc32c(BYTES));
            assertThat(fixture.targets)
                    .allSatisfy(target -> assertThat(target.readCount).hasValue(0));
        }
    }

    @Test
    void readsOnlyTheCopyWhoseTargetKeepsNoChecksum() throws Exception {
        ScriptedCopies local = disk("local", BYTES);
        ScriptedCopies s3 = store("s3", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(7, local, s3)) {
            Comparison.Equal equal = expectEqual(fixture);
            assertThat(equal.strength()).isEqualTo(Strength.FULL_OBJECT);
            assertThat(equal.targetsHolding(crc32c(BYTES))).containsExactly("local", "s3");
            assertThat(local.readCount).hasValue(1);
            assertThat(s3.readCount).hasValue(0);
        }
    }

    @ParameterizedTest(name = "{0} targets, blocks of {1}")
    @CsvSource({"1, 7", "2, 1", "2, 7", "2, 8192", "3, 7", "5, 7"})
    void readsAllInStepWhenNoTargetKeepsAChecksum(int targets, int chunk) throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(targets, BYTES);
        Arrays.stream(copies).forEach(copy -> copy.keeping(null));
        try (CopiesFixture fixture = CopiesFixture.of(chunk, copies)) {
            Comparison.Equal equal = expectEqual(fixture);
            assertThat(equal.strength()).isEqualTo(Strength.CONTENT);
            assertThat(checksums(equal)).containsOnly(crc32c(BYTES));
            assertThat(fixture.targets).allSatisfy(target -> {
                assertThat(target.givenBytes).hasValue(BYTES.length);
                assertThat(target.mostBlockBytes.get()).isLessThanOrEqualTo(2 * chunk);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(ChecksumAlgorithm.class)
    void computesTheChecksumThatTheOthersKeep(ChecksumAlgorithm algorithm) throws Exception {
        ScriptedCopies reader = disk("reader", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(
                store("a", BYTES).keeping(algorithm), reader, store("b", BYTES).keeping(algorithm))) {
            Comparison.Equal equal = expectEqual(fixture);
            assertThat(equal.strength()).isEqualTo(Strength.FULL_OBJECT);
            assertThat(checksums(equal)).containsOnly(ScriptedCopies.checksum(algorithm, BYTES));
            assertThat(reader.readCount).hasValue(1);
        }
    }

    @Test
    void goesByTheChecksumThatMostTargetsKeep() throws Exception {
        ScriptedCopies one = store("one", BYTES);
        ScriptedCopies two = store("two", BYTES).keeping(ChecksumAlgorithm.SHA256);
        ScriptedCopies three = store("three", BYTES).keeping(ChecksumAlgorithm.SHA256);
        try (CopiesFixture fixture = CopiesFixture.of(one, two, three)) {
            assertThat(checksums(expectEqual(fixture)))
                    .containsOnly(ScriptedCopies.checksum(ChecksumAlgorithm.SHA256, BYTES));
            assertThat(one.readCount).hasValue(1);
            assertThat(two.readCount).hasValue(0);
        }
    }

    @Test
    void prefersCrc32cAmongChecksumsKeptByAsMany() throws Exception {
        ScriptedCopies sha = store("sha", BYTES).keeping(ChecksumAlgorithm.SHA256);
        try (CopiesFixture fixture = CopiesFixture.of(sha, store("crc", BYTES))) {
            assertThat(checksums(expectEqual(fixture))).containsOnly(crc32c(BYTES));
            assertThat(sha.readCount).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsTheByteAndKnowsBothChecksumsOfADiskAndAStoreThatDiffer(boolean diskIsRight) throws Exception {
        ScriptedCopies local = disk("local", diskIsRight ? BYTES : OTHER);
        ScriptedCopies s3 = store("s3", diskIsRight ? OTHER : BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(7, local, s3)) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.offset()).hasValue(13);
            assertThat(different.targetsHolding(crc32c(BYTES))).containsExactly(diskIsRight ? "local" : "s3");
            assertThat(different.targetsHolding(crc32c(OTHER))).containsExactly(diskIsRight ? "s3" : "local");
            assertThat(different.minority()).isEmpty();
        }
    }

    @Test
    void saysWhoHadWhatAndWhoIsInTheMinority() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), store("b", OTHER), store("c", BYTES))) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.minority()).containsExactly("b");
            assertThat(different.description())
                    .isEqualTo("'a' and 'c' had 20 bytes with " + crc32c(BYTES) + "; 'b' had 20 bytes with "
                            + crc32c(OTHER) + ". 'b' is in the minority; the first difference is at byte 13");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 7", "6, 7", "7, 7", "13, 7", "19, 7", "19, 8192"})
    void findsTheFirstByteThatDiffersOfDisks(int offset, int chunk) throws Exception {
        ScriptedCopies a = disk("a", BYTES);
        ScriptedCopies b = disk("b", ScriptedCopies.flipped(BYTES, offset));
        try (CopiesFixture fixture = CopiesFixture.of(chunk, a, b)) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.offset()).hasValue(offset);
            assertThat(different.targetsHolding(crc32c(BYTES))).containsExactly("a");
            assertThat(a.readCount).as("read once").hasValue(1);
        }
    }

    @Test
    void knowsTheChecksumOfEveryCopyWhenSizesDiffer() throws Exception {
        byte[] shorter = ScriptedCopies.cut(BYTES, 15);
        ScriptedCopies s3 = store("s3", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(7, disk("local", shorter), s3)) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.offset()).as("not looked for").isEmpty();
            assertThat(different.targetsHolding(crc32c(shorter))).containsExactly("local");
            assertThat(different.targetsHolding(crc32c(BYTES))).containsExactly("s3");
            assertThat(s3.readCount).as("keeps its checksum").hasValue(0);
        }
    }

    @Test
    void findsWhereDisksOfDifferentSizesDiffer() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(7, disk("a", BYTES), disk("b", ScriptedCopies.cut(OTHER, 15)))) {
            assertThat(expectDifferent(fixture).offset()).hasValue(13);
        }
        try (CopiesFixture fixture = CopiesFixture.of(7, disk("a", BYTES), disk("b", ScriptedCopies.cut(BYTES, 15)))) {
            assertThat(expectDifferent(fixture).offset()).hasValue(15);
        }
    }

    @Test
    void knowsTheChecksumOfTheCopyThatAnotherTargetLacks() throws Exception {
        try (CopiesFixture fixture =
                CopiesFixture.of(disk("local", BYTES), new ScriptedCopies("s3"), store("backup", BYTES))) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.answers().get(1)).isEqualTo(new CopyAnswer.Missing("s3"));
            assertThat(different.targetsHolding(crc32c(BYTES))).containsExactly("local", "backup");
            assertThat(different.minority()).containsExactly("s3");
            assertThat(different.offset()).isEmpty();
        }
    }

    @Test
    void looksForTheByteAlsoWhenOneTargetLacksACopy() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), new ScriptedCopies("b"), store("c", OTHER))) {
            assertThat(expectDifferent(fixture).offset()).hasValue(13);
        }
    }

    @Test
    void saysThatNoTargetHoldsAnything() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(new ScriptedCopies("a"), new ScriptedCopies("b"))) {
            assertThat(compare(fixture)).isInstanceOf(Comparison.Absent.class);
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
    void readsACopyWhoseTargetCannotTellItsSize() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES).notTellingSizes(), disk("b", BYTES))) {
            Comparison.Equal equal = expectEqual(fixture);
            assertThat(equal.strength()).isEqualTo(Strength.CONTENT);
            assertThat(((CopyAnswer.Held) equal.answers().get(0)).object().size())
                    .isEqualTo(BYTES.length);
        }
    }

    @Test
    void doesNotTakeTheWordOfATargetThatKeepsAnotherChecksumThanThatOfItsBytes() throws Exception {
        ScriptedCopies lying = store("lying", BYTES).claiming(crc32c(OTHER));
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), lying)) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.offset()).as("the bytes are equal").isEmpty();
            assertThat(different.description())
                    .contains(
                            "'lying' had 20 bytes with " + crc32c(BYTES) + ", and kept " + crc32c(OTHER) + " for them");
            assertThat(different.targetsHolding(crc32c(OTHER))).isEmpty();
        }
    }

    @Test
    void staysWithTheDifferenceWhenATargetGoesAwayBeforeTheByteIsFound() throws Exception {
        ScriptedCopies s3 = store("s3", OTHER).failingBefore(ScriptedCopies.Call.READ); // asked only for the byte
        try (CopiesFixture fixture = CopiesFixture.of(disk("local", BYTES), s3)) {
            Comparison.Different different = expectDifferent(fixture);
            assertThat(different.offset()).isEmpty();
            assertThat(different.targetsHolding(crc32c(OTHER))).containsExactly("s3");
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

    private static byte[] bytesOf(ScriptedCopies target) {
        try {
            return target.memory.read(TargetPath.of(CopiesFixture.PATH)).readAllBytes();
        } catch (IOException ex) {
            throw new AssertionError(ex);
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

    @Test
    void refusesABadPathBeforeAnyTargetIsAsked() throws Exception {
        ScriptedCopies target = disk("a", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(target)) {
            for (String bad : List.of("../a", "", "a//b")) {
                assertThatThrownBy(() -> fixture.reader.compare(bad)).isInstanceOf(InvalidTargetPathException.class);
                assertThatThrownBy(() -> fixture.reader.stat(bad)).isInstanceOf(InvalidTargetPathException.class);
                assertThatThrownBy(() -> fixture.reader.open(bad, ReadMode.COMPARE))
                        .isInstanceOf(InvalidTargetPathException.class);
            }
            assertThat(target.statCount).hasValue(0);
            assertThat(target.readCount).hasValue(0);
        }
    }

    @Test
    void describesWhatAllTargetsHold() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(disk("a", BYTES), store("b", BYTES))) {
            StoredObject first = fixture.targets
                    .get(0)
                    .memory
                    .stat(TargetPath.of(CopiesFixture.PATH))
                    .orElseThrow();
            assertThat(fixture.reader.stat(CopiesFixture.PATH))
                    .hasValue(new StoredObject(BYTES.length, first.lastModified(), crc32c(BYTES), null));
            assertThat(fixture.reader.exists(CopiesFixture.PATH)).isTrue();
            assertThat(fixture.reader.stat("other")).isEmpty();
            assertThat(fixture.reader.exists("other")).isFalse();
            assertThat(fixture.targets)
                    .allSatisfy(target -> assertThat(target.readCount).hasValue(0));
        }
    }

    @Test
    void doesNotDescribeCopiesThatDiffer() throws Exception {
        for (ScriptedCopies other : List.of(
                new ScriptedCopies("other"), disk("other", ScriptedCopies.cut(BYTES, 3)), store("other", OTHER))) {
            try (CopiesFixture fixture = CopiesFixture.of(store("a", BYTES), other)) {
                assertThatThrownBy(() -> fixture.reader.exists(CopiesFixture.PATH))
                        .isInstanceOfSatisfying(
                                CopiesDifferException.class,
                                failure -> assertThat(fixture.differences).containsExactly(failure.difference()));
            }
        }
    }

    @Test
    void saysWhichTargetCouldNotBeAskedForADescription() throws Exception {
        ScriptedCopies away = store("away", BYTES).failingBefore(ScriptedCopies.Call.STAT);
        try (CopiesFixture fixture = CopiesFixture.of(store("a", BYTES), away)) {
            assertThatThrownBy(() -> fixture.reader.stat(CopiesFixture.PATH))
                    .isNotInstanceOf(CopiesDifferException.class)
                    .hasMessage("Not all targets could be asked about 'reports/a.csv': 'away' failed: scripted STAT")
                    .hasRootCauseMessage("scripted STAT");
        }
    }

    @Test
    void doesNotDescribeWhileAWriteCommits() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies slow = new ScriptedCopies("slow").hangingBefore(ScriptedCopies.Call.COMMIT, gate);
        ScriptedCopies fast = new ScriptedCopies("fast");
        try (CopiesFixture fixture = CopiesFixture.of(fast, slow)) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(CopiesFixture.PATH, BYTES));
            gate.awaitArrival();
            EngineFixture.until(() -> !fast.memory.paths().isEmpty());
            Called<Throwable> asking =
                    fixture.callUntilItWaits(1, () -> catchThrowable(() -> fixture.reader.stat(CopiesFixture.PATH)));
            assertThat(fast.statCount).as("waits for the commit").hasValue(0);
            gate.open();
            EngineFixture.await(writing);
            assertThat(EngineFixture.await(asking.result())).isNull();
            assertThat(fixture.differences).isEmpty();
        }
    }
}
