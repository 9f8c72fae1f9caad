package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all targets say about their copies, each for itself. */
class CopyInspectionTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 51);
    private static final Checksum CHECKSUM = ScriptedCopies.checksum(ChecksumAlgorithm.CRC32C, BYTES);

    private static ScriptedCopies holding(String name) {
        return new ScriptedCopies(name).with(CopiesFixture.PATH, BYTES);
    }

    private static CopyAnswer ofOnly(CopiesFixture fixture, ReadDepth depth) throws IOException {
        return fixture.reader.inspect(CopiesFixture.PATH, depth).get(0);
    }

    @Test
    void readsNothingIfAskedForWhatTargetsSay() throws Exception {
        ScriptedCopies keeping = holding("keeping");
        ScriptedCopies keepingNone = holding("none").keeping(null);
        try (CopiesFixture fixture = CopiesFixture.of(keeping, keepingNone)) {
            List<CopyAnswer> answers = fixture.reader.inspect(CopiesFixture.PATH, ReadDepth.STAT);
            assertHeld(answers.get(0), "keeping");
            assertThat(answers.get(1)).isInstanceOfSatisfying(CopyAnswer.Held.class, held -> {
                assertThat(held.object().size()).isEqualTo(BYTES.length);
                assertThat(held.checksum()).isNull();
            });
            assertThat(keeping.readCount).hasValue(0);
            assertThat(keepingNone.readCount).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QUICK", "FULL"})
    void namesTheChecksumOfEveryCopyInTheOrderOfReads(ReadDepth depth) throws Exception {
        ScriptedCopies keeping = holding("keeping");
        ScriptedCopies keepingNone = holding("none").keeping(null);
        ScriptedCopies lacking = new ScriptedCopies("lacking");
        ScriptedCopies away = holding("away").failingBefore(ScriptedCopies.Call.STAT);
        try (CopiesFixture fixture = CopiesFixture.of(7, keeping, keepingNone, lacking, away)) {
            assertThat(fixture.reader.inspect(CopiesFixture.PATH, depth))
                    .satisfiesExactly(
                            answer -> assertHeld(answer, "keeping"),
                            answer -> assertHeld(answer, "none"),
                            answer -> assertThat(answer).isEqualTo(new CopyAnswer.Missing("lacking")),
                            answer -> assertThat(answer).isInstanceOf(CopyAnswer.Unavailable.class));
            assertThat(keeping.readCount).hasValue(depth == ReadDepth.FULL ? 1 : 0);
            assertThat(keepingNone.readCount).hasValue(1);
            assertThat(fixture.differences).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    private static void assertHeld(CopyAnswer answer, String target) {
        assertThat(answer).isInstanceOfSatisfying(CopyAnswer.Held.class, held -> {
            assertThat(held.target()).isEqualTo(target);
            assertThat(held.object().size()).isEqualTo(BYTES.length);
            assertThat(held.checksum()).isEqualTo(CHECKSUM);
        });
    }

    @Test
    void readsACopyWhoseTargetKeepsAnotherChecksum() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(holding("a").keeping(ChecksumAlgorithm.SHA256), holding("b"))) {
            assertHeld(ofOnly(fixture, ReadDepth.QUICK), "a");
        }
    }

    @Test
    void believesTheTargetWhenQuickAndTheBytesWhenFull() throws Exception {
        ScriptedCopies rotten = new ScriptedCopies("a")
                .with(CopiesFixture.PATH, ScriptedCopies.flipped(BYTES, 3))
                .claiming(CHECKSUM);
        try (CopiesFixture fixture = CopiesFixture.of(rotten, holding("b"))) {
            assertHeld(ofOnly(fixture, ReadDepth.QUICK), "a");
            assertThat(ofOnly(fixture, ReadDepth.FULL))
                    .isInstanceOfSatisfying(
                            CopyAnswer.Held.class,
                            held -> assertThat(held.checksum()).isNotEqualTo(CHECKSUM));
        }
    }

    @Test
    void saysThatACopyCouldNotBeReadToItsEnd() throws Exception {
        ScriptedCopies broken = holding("a").failingAtByte(50);
        try (CopiesFixture fixture = CopiesFixture.of(7, broken, holding("b"))) {
            assertThat(ofOnly(fixture, ReadDepth.FULL))
                    .isInstanceOfSatisfying(
                            CopyAnswer.Unavailable.class,
                            away -> assertThat(away.cause()).hasMessageContaining("scripted at 50"));
            fixture.assertNothingLeft();
        }
    }

    @Test
    void findsACopyOfNoBytes() throws Exception {
        ScriptedCopies empty =
                new ScriptedCopies("a").with(CopiesFixture.PATH, new byte[0]).keeping(null);
        try (CopiesFixture fixture = CopiesFixture.of(empty, holding("b"))) {
            assertThat(ofOnly(fixture, ReadDepth.QUICK)).isInstanceOfSatisfying(CopyAnswer.Held.class, held -> {
                assertThat(held.object().size()).isZero();
                assertThat(held.checksum()).isEqualTo(Checksum.crc32c(0));
            });
        }
    }
}
