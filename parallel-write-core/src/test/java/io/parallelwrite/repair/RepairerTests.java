package io.parallelwrite.repair;

import static io.parallelwrite.repair.RepairFixture.PATH;
import static io.parallelwrite.repair.RepairedCopy.NEW;
import static io.parallelwrite.repair.RepairedCopy.NEWER;
import static io.parallelwrite.repair.RepairedCopy.OLD;
import static io.parallelwrite.repair.RepairedCopy.actions;
import static io.parallelwrite.repair.RepairedCopy.assertHolds;
import static io.parallelwrite.repair.RepairedCopy.assertHoldsNothing;
import static io.parallelwrite.repair.RepairedCopy.repair;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.target.TargetPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A repair of one path: what it does about each entry of the journal. */
class RepairerTests {

    private final ScriptedCopies local = new ScriptedCopies("local").keeping(null);
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final ScriptedCopies third = new ScriptedCopies("third");

    @Test
    void bringsAWriteToTheTargetThatMissedIt() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3)) {
            s3.failingBefore(Call.COMMIT);
            assertThat(fixture.write(PATH, NEW).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(fixture.ids()).hasSize(1);
            s3.well();
            RepairOutcome.Settled settled = repair(fixture, RepairOutcome.Settled.class);
            assertThat(actions(settled)).containsExactly(Action.NONE, Action.COPY);
            assertHolds(s3, NEW);
            assertThat(s3.memory.attributes(TargetPath.of(PATH))).contains(RepairFixture.ATTRIBUTES);
            assertThat(fixture.ids()).isEmpty();
            assertThat(fixture.told).containsExactly(settled);
        }
    }

    @Test
    void carriesADeleteOutWhereItWasMissed() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.with(PATH, OLD))) {
            s3.failingBefore(Call.COMMIT);
            fixture.delete(PATH);
            s3.well();
            assertThat(actions(repair(fixture, RepairOutcome.Settled.class)))
                    .containsExactly(Action.NONE, Action.DELETE);
            assertHoldsNothing(s3);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void notesWhatItFoundWhileATargetIsAway() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEW), s3.failingBefore(Call.STAT))) {
            fixture.decided("1", NEW);
            repair(fixture, RepairOutcome.Waiting.class);
            JournalEntry noted = fixture.journal().entries().get(0);
            assertThat(noted.member("local").state()).isEqualTo(State.COMMITTED);
            assertThat(noted.member("s3").state()).isEqualTo(State.IN_DOUBT);
            local.memory.delete(TargetPath.of(PATH)); // it was visible: what is lost now is not rolled back
            s3.well().with(PATH, OLD);
            repair(fixture, RepairOutcome.GivenUp.class);
        }
    }

    @Test
    void saysWhyATargetCouldNotBeWritten() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEW), s3.failingBefore(Call.COMMIT))) {
            fixture.decided("1", NEW);
            RepairOutcome.Waiting waiting = repair(fixture, RepairOutcome.Waiting.class);
            assertThat(waiting.reason()).isEqualTo("waits for [s3]");
            assertThat(waiting.targets().get(1).failure()).hasMessageContaining("scripted COMMIT");
            assertThat(fixture.journal().entries().get(0).member("s3").reason()).contains("scripted COMMIT");
            assertThat(fixture.told).isEmpty();
        }
    }

    @Test
    void letsTheEarlierEntryCountWhenTheLaterIsRolledBack() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.left("1", PATH, OLD, List.of(State.COMMITTED, State.MISSED));
            fixture.decided("2", NEW);
            repair(fixture, RepairOutcome.RolledBack.class);
            assertThat(fixture.ids()).containsExactly("1");
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, OLD);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void forgetsTheEarlierEntryWithTheLater() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.left("1", PATH, OLD, List.of(State.COMMITTED, State.MISSED));
            fixture.decided("2", null);
            repair(fixture, RepairOutcome.Settled.class);
            assertHoldsNothing(local);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void doesNotCarryOutADeleteThatNoTargetHasBegun() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.with(PATH, OLD))) {
            fixture.decided("1", null); // as left by a delete that failed everywhere, if the journal failed, too
            assertThat(actions(repair(fixture, RepairOutcome.RolledBack.class)))
                    .containsExactly(Action.NONE, Action.NONE);
            assertHolds(local, OLD);
            assertHolds(s3, OLD);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void doesNotCarryOutADeleteWhileATargetThatMayHaveBegunCannotBeAsked() throws Exception {
        s3.with(PATH, OLD).failingBefore(Call.STAT);
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.decided("1", null);
            repair(fixture, RepairOutcome.Waiting.class);
            assertHolds(local, OLD);
            s3.well().memory.delete(TargetPath.of(PATH)); // it had
            repair(fixture, RepairOutcome.Settled.class);
            assertHoldsNothing(local);
        }
    }

    @Test
    void takesAnotherSourceWhenOneCannotBeRead() throws Exception {
        s3.with(PATH, NEW).failingAtByte(60);
        try (RepairFixture fixture = RepairFixture.of(local, s3, third.with(PATH, NEW))) {
            fixture.decided("1", NEW);
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(local, NEW);
        }
    }

    @Test
    void neverCopiesBytesThatContradictTheChecksumTheirTargetKeeps() throws Exception {
        s3.with(PATH, ScriptedCopies.flipped(NEW, 7))
                .claiming(RepairFixture.digest(NEW).checksum());
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.decided("1", NEW);
            repair(fixture, RepairOutcome.GivenUp.class);
            assertHolds(local, OLD);
        }
    }

    @Test
    void repairsTheTargetWhoseBytesTurnOutToBeWrong() throws Exception {
        s3.with(PATH, ScriptedCopies.flipped(NEW, 7))
                .claiming(RepairFixture.digest(NEW).checksum());
        try (RepairFixture fixture = RepairFixture.of(local, s3, third.with(PATH, NEW))) {
            fixture.decided("1", NEW);
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(local, NEW);
            assertHolds(s3, NEW);
        }
    }

    @Test
    void leavesWhatWasChangedFromOutsideOnAllTargets() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEWER), s3.with(PATH, NEWER))) {
            fixture.left("1", PATH, null, List.of(State.COMMITTED, State.MISSED));
            assertThat(repair(fixture, RepairOutcome.Settled.class).reason()).contains("was written again");
            assertHolds(s3, NEWER);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void reportsTargetsThatAreNotConfiguredAnyMore() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEW), s3)) {
            fixture.left("1", PATH, NEW, List.of(State.COMMITTED, State.MISSED, State.MISSED));
            RepairOutcome.GivenUp givenUp = repair(fixture, RepairOutcome.GivenUp.class);
            assertThat(givenUp.reason()).contains("'gone2' is not configured any more", "configure 'gone2' again");
            assertHolds(s3, NEW); // the others are equal
            assertThat(fixture.ids()).containsExactly("1");
            assertThat(fixture.repairer.repair(PATH, "local")).isInstanceOf(RepairOutcome.Settled.class);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void tellsNobodyOfADryRun() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEW), s3)) {
            fixture.decided("1", NEW);
            assertThat(actions(fixture.repairer.repair(PATH, true))).containsExactly(Action.NONE, Action.COPY);
            assertHoldsNothing(s3);
            assertThat(fixture.told).isEmpty();
            assertThat(fixture.journal().entries()).singleElement().matches(JournalEntry::isDecision);
        }
    }

    @Test
    void hasNothingToDoForAnEntryThatIsGone() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3)) {
            JournalEntry entry = fixture.decided("1", NEW);
            fixture.journal().remove("1");
            assertThat(fixture.repairer.repair(entry)).isInstanceOf(RepairOutcome.Settled.class);
            assertThat(fixture.told).isEmpty();
        }
    }
}
