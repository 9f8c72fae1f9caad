package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentHeader;
import io.parallelwrite.target.TargetPath;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repair of paths that no journal remembers, and what it leaves to the journal. */
class CopyRepairTests {

    private static final String PATH = RepairFixture.PATH;
    private static final byte[] BYTES = EngineFixture.bytes(40, 96);
    private static final byte[] OTHER = EngineFixture.bytes(50, 97);
    private static final RepairOptions PROVEN = RepairOptions.proven();
    private static final RepairOptions FILL = PROVEN.withFillMissing(true);

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final RepairFixture fixture = RepairFixture.of(local, s3);

    @AfterEach
    void close() throws TimeoutException {
        fixture.close();
    }

    private RepairedPath repair(RepairOptions options) throws Exception {
        return fixture.scrubber.repair(PATH, options);
    }

    private void assertHeld(byte[] atLocal, byte[] atS3) {
        assertThat(RepairFixture.bytes(local, PATH)).isEqualTo(atLocal);
        assertThat(RepairFixture.bytes(s3, PATH)).isEqualTo(atS3);
    }

    @Test
    void keepsWhatTheSourceKeepsBesideTheBytes() throws Exception {
        ContentAttributes attributes = ContentAttributes.NONE
                .withHeader(ContentHeader.CONTENT_TYPE, "text/x-odd")
                .withMetadata("author", "me");
        local.with(PATH, BYTES, attributes);
        assertThat(repair(FILL).verdict()).isEqualTo(Verdict.REPAIRED);
        assertThat(s3.memory.attributes(TargetPath.of(PATH))).contains(attributes);
    }

    @Test
    void guessesTheMediaTypeWhereTheSourceKeepsNone() throws Exception {
        local.with(PATH, BYTES);
        repair(FILL);
        assertThat(s3.memory.attributes(TargetPath.of(PATH)).orElseThrow().header(ContentHeader.CONTENT_TYPE))
                .isEqualTo("text/csv");
    }

    @Test
    void doesNotReadTheOnlyCopyTwice() throws Exception {
        local.keeping(null).with(PATH, BYTES);
        repair(FILL);
        assertThat(local.readCount).hasValue(1);
        assertHeld(BYTES, BYTES);
    }

    @Test
    void saysWhatThereIsToChooseWhenItRefuses() throws Exception {
        local.with(PATH, BYTES);
        RepairedPath missing = repair(PROVEN);
        assertThat(missing.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(missing.reason())
                .contains("does not prove that it should be there")
                .contains("'s3' holds no copy")
                .contains("Have missing copies filled")
                .contains("('local')");
        s3.with(PATH, OTHER);
        RepairedPath different = repair(FILL);
        assertThat(different.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(different.reason()).contains("no copy that is proven good").contains("('local' or 's3')");
        assertHeld(BYTES, OTHER);
    }

    @Test
    void saysThatNothingIsKnownOfAPathNobodyHolds() throws Exception {
        assertThat(repair(FILL).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(repair(PROVEN.withSource("local")).reason()).contains("nothing is known of it");
    }

    @Test
    void refusesASourceThatIsNoTarget() {
        local.with(PATH, BYTES);
        assertThatThrownBy(() -> repair(PROVEN.withSource("nas")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no target 'nas' to repair from, only [local, s3]");
        assertThatThrownBy(() -> fixture.scrubber.repair(
                        ScrubPosition.start(""),
                        PROVEN.withSource("nas"),
                        ScrubSettings.defaults(),
                        ScrubListener.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletesNothingWithoutASource() {
        assertThatThrownBy(() -> FILL.withDeleteExtra(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deleteExtra [true] needs a source");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotBringBackWhatTheJournalSaysWasDeleted(boolean wholePrefix) throws Exception {
        local.with(PATH, BYTES);
        fixture.left("delete", PATH, null, List.of(State.MISSED, State.COMMITTED));
        if (wholePrefix) {
            RepairOptions chosen = FILL.withSource("local");
            fixture.scrubber
                    .repair(ScrubPosition.start(""), chosen, ScrubSettings.defaults(), ScrubListener.NONE)
                    .run();
        } else {
            repair(FILL);
        }
        assertHeld(null, null);
        assertThat(fixture.ids()).isEmpty();
        assertThat(fixture.told).hasSize(1);
    }

    @Test
    void doesNotChooseASourceAgainstADelete() throws Exception {
        local.with(PATH, BYTES);
        fixture.left("delete", PATH, null, List.of(State.MISSED, State.COMMITTED));
        assertThatThrownBy(() -> repair(PROVEN.withSource("local"))).isInstanceOf(IllegalArgumentException.class);
        assertHeld(BYTES, null);
    }

    @Test
    void goesByTheDigestTheJournalRemembers() throws Exception {
        local.with(PATH, OTHER);
        s3.with(PATH, BYTES);
        fixture.left("write", PATH, BYTES, List.of(State.MISSED, State.COMMITTED));
        assertThat(repair(PROVEN).verdict()).isEqualTo(Verdict.REPAIRED);
        assertHeld(BYTES, BYTES);
    }

    @Test
    void takesASourceForWhatTheJournalCannotProve() throws Exception {
        local.with(PATH, OTHER);
        fixture.left("write", PATH, BYTES, List.of(State.COMMITTED, State.MISSED));
        assertThat(repair(PROVEN).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(repair(PROVEN.withSource("local").withDryRun(true)).verdict())
                .isEqualTo(Verdict.REFUSED);
        assertHeld(OTHER, null);
        assertThat(repair(PROVEN.withSource("local")).verdict()).isEqualTo(Verdict.REPAIRED);
        assertHeld(OTHER, OTHER);
    }

    @Test
    void doesNotUndoAWriteThatComesWhileItCopies() throws Exception {
        Gate reading = new Gate();
        local.with(PATH, BYTES).hangingAtByte(0, reading);
        Future<RepairedPath> repairing = fixture.asCaller(() -> repair(FILL));
        reading.awaitArrival();
        fixture.write(PATH, OTHER);
        reading.open();
        assertThat(EngineFixture.await(repairing).verdict()).isEqualTo(Verdict.WAITING);
        assertHeld(OTHER, OTHER);
    }

    @Test
    void doesNotUndoADeleteThatComesWhileItCopies() throws Exception {
        Gate reading = new Gate();
        local.with(PATH, BYTES).hangingAtByte(0, reading);
        Future<RepairedPath> repairing = fixture.asCaller(() -> repair(FILL));
        reading.awaitArrival();
        fixture.delete(PATH);
        reading.open();
        assertThat(EngineFixture.await(repairing).verdict()).isEqualTo(Verdict.WAITING);
        assertHeld(null, null);
    }

    @Test
    void doesNotReplaceACopyThatChangedWhileItCopied() throws Exception {
        Gate reading = new Gate();
        local.with(PATH, BYTES).hangingAtByte(0, reading);
        s3.with(PATH, ScriptedCopies.cut(BYTES, 5));
        Future<RepairedPath> repairing = fixture.asCaller(() -> repair(PROVEN.withSource("local")));
        reading.awaitArrival();
        s3.with(PATH, OTHER); // from outside
        reading.open();
        assertThat(EngineFixture.await(repairing).verdict()).isEqualTo(Verdict.WAITING);
        assertHeld(BYTES, OTHER);
    }

    @Test
    void doesNotDeleteWhatTheSourceHoldsByThen() throws Exception {
        s3.with(PATH, BYTES);
        local.with("other", BYTES); // so it is not empty
        int[] asked = {0};
        local.before(Call.STAT, () -> {
            if (++asked[0] == 2) { // when the delete is about to be sent
                local.with(PATH, BYTES);
            }
        });
        RepairedPath repaired = repair(PROVEN.withSource("local").withDeleteExtra(true));
        assertThat(repaired.verdict()).isEqualTo(Verdict.WAITING);
        assertHeld(BYTES, BYTES);
    }

    @Test
    void copiesNothingFromACopyThatIsNotWhatItsTargetSays() throws Exception {
        local.claiming(ScriptedCopies.checksum(ChecksumAlgorithm.CRC32C, OTHER)).with(PATH, BYTES);
        RepairedPath repaired = repair(FILL);
        assertThat(repaired.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(repaired.reason()).contains("and keeps CRC32C:");
        assertHeld(BYTES, null);
        assertThat(fixture.scrubber.verify(PATH, VerifyDepth.FULL).signs()).isEqualTo("*-");
    }

    @Test
    void triesTheNextCopyOfAMajority() throws Exception {
        ScriptedCopies[] three = {new ScriptedCopies("a"), new ScriptedCopies("b"), new ScriptedCopies("c")};
        three[0].with(PATH, BYTES).failingBefore(Call.READ);
        three[1].with(PATH, BYTES);
        three[2].with(PATH, OTHER);
        try (RepairFixture majority = RepairFixture.of(three)) {
            RepairedPath repaired = majority.scrubber.repair(PATH, PROVEN);
            assertThat(repaired.verdict()).as("%s", repaired).isEqualTo(Verdict.REPAIRED);
            assertThat(RepairFixture.bytes(three[2], PATH)).isEqualTo(BYTES);
            assertThat(repaired.reason()).contains("by more than half of the targets");
        }
    }

    @Test
    void waitsForATargetThatCannotBeWritten() throws Exception {
        local.with(PATH, BYTES);
        s3.failingBefore(Call.COMMIT);
        RepairedPath repaired = repair(FILL);
        assertThat(repaired.verdict()).isEqualTo(Verdict.WAITING);
        assertThat(repaired.reason()).contains("'s3', which failed").contains("scripted COMMIT");
        assertThat(repaired.targets().get(1).failure()).isNotNull();
        s3.well();
        assertThat(repair(FILL).verdict()).isEqualTo(Verdict.REPAIRED);
    }
}
