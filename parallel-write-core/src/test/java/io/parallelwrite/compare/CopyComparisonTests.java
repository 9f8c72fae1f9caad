package io.parallelwrite.compare;

import static io.parallelwrite.compare.CopiesFixture.crc32c;
import static io.parallelwrite.compare.CopiesFixture.disk;
import static io.parallelwrite.compare.CopiesFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.Strength;
import java.util.Arrays;
import java.util.List;
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
                assertThat(target.mostBlockBytes.get()).isLessThanOrEqualTo(3 * chunk);
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
}
