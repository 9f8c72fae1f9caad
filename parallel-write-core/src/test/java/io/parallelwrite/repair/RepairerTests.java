package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RepairerTests {

    private static final String PATH = RepairFixture.PATH;
    private static final byte[] OLD = EngineFixture.bytes(100, 71);
    private static final byte[] NEW = EngineFixture.bytes(120, 72);
    private static final byte[] NEWER = EngineFixture.bytes(120, 73);

    private final ScriptedCopies local = new ScriptedCopies("local").keeping(null);
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final ScriptedCopies third = new ScriptedCopies("third");

    private static void assertHolds(ScriptedCopies target, byte[] bytes) {
        assertThat(RepairFixture.bytes(target, PATH)).as(target.name()).isEqualTo(bytes);
    }

    private static void assertHoldsNothing(ScriptedCopies target) {
        assertThat(RepairFixture.bytes(target, PATH)).as(target.name()).isNull();
    }

    private static <T extends RepairOutcome> T repair(RepairFixture fixture, Class<T> expected) throws IOException {
        RepairOutcome outcome = fixture.repairer.repair(PATH, false);
        assertThat(outcome).isInstanceOf(expected);
        return expected.cast(outcome);
    }

    private static List<Action> actions(RepairOutcome outcome) {
        return outcome.targets().stream().map(TargetRepair::action).toList();
    }

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
    void doesNotTakeARequestThatMayStillArriveForLost() throws Exception {
        Clock soon = Clock.fixed(RepairFixture.LONG_AGO.plusSeconds(29), ZoneOffset.UTC);
        try (RepairFixture fixture = RepairFixture.of(new MemoryJournal(), soon, local, s3)) {
            fixture.decided("1", NEW);
            repair(fixture, RepairOutcome.Waiting.class);
            s3.with(PATH, NEW); // it arrives
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(local, NEW);
        }
    }

    @Test
    void letsSomebodyChooseWhenNotAllBytesOfAWriteWereSeen() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.with(PATH, NEWER))) {
            WriteStart start = new WriteStart(
                    "1",
                    Operation.WRITE,
                    PATH,
                    List.of(new WriteStart.Participant("local", "x"), new WriteStart.Participant("s3", "x")));
            fixture.journal().put(JournalEntry.decision(start, null, ContentAttributes.NONE, RepairFixture.LONG_AGO));
            repair(fixture, RepairOutcome.GivenUp.class);
            assertThat(fixture.repairer.repair(PATH, "local")).isInstanceOf(RepairOutcome.Settled.class);
            assertHolds(s3, OLD);
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
    void doesNotTakeADeleteThatMayStillArriveForLost() throws Exception {
        Clock soon = Clock.fixed(RepairFixture.LONG_AGO.plusSeconds(29), ZoneOffset.UTC);
        local.with(PATH, OLD);
        s3.with(PATH, OLD);
        try (RepairFixture fixture = RepairFixture.of(new MemoryJournal(), soon, local, s3)) {
            fixture.decided("1", null);
            repair(fixture, RepairOutcome.Waiting.class);
            s3.memory.delete(TargetPath.of(PATH)); // it arrives
            repair(fixture, RepairOutcome.Settled.class);
            assertHoldsNothing(local);
        }
    }

    @Test
    void waitsForACommitThatWasGivenUpAndHasNotReturned() throws Exception {
        Gate hanging = new Gate();
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.hangingBefore(Call.COMMIT, hanging))) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(PATH, NEW));
            hanging.awaitArrival();
            fixture.awaitUnfinished(1);
            fixture.timer.advance(Deadlines.defaults().commit());
            EngineFixture.await(writing);
            assertThat(repair(fixture, RepairOutcome.Waiting.class).reason()).contains("has not returned");
            hanging.open();
            fixture.awaitUnfinished(0);
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, NEW);
        }
    }

    @Test
    void leavesAWriteThatIsBeingCarriedOutAlone() throws Exception {
        Gate committing = new Gate();
        try (RepairFixture fixture = RepairFixture.of(local, s3.hangingBefore(Call.COMMIT, committing))) {
            Future<?> writing = fixture.asCaller(() -> fixture.write(PATH, NEW));
            committing.awaitArrival();
            assertThat(repair(fixture, RepairOutcome.Waiting.class).reason()).isEqualTo("is being written or deleted");
            committing.open();
            EngineFixture.await(writing);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void losesAgainstAWriteThatIsMadeMeanwhile() throws Exception {
        Gate reading = new Gate();
        try (RepairFixture fixture = RepairFixture.of(local, s3.with(PATH, NEW).hangingAtByte(0, reading))) {
            fixture.decided("1", NEW);
            Future<RepairOutcome> repairing = fixture.asCaller(() -> fixture.repairer.repair(PATH, false));
            reading.awaitArrival();
            fixture.write(PATH, NEWER);
            reading.open();
            assertThat(EngineFixture.await(repairing)).isInstanceOf(RepairOutcome.Waiting.class);
            assertHolds(local, NEWER);
            assertHolds(s3, NEWER);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void losesAgainstADeleteThatIsMadeMeanwhile() throws Exception {
        Gate reading = new Gate();
        try (RepairFixture fixture = RepairFixture.of(local, s3.with(PATH, NEW).hangingAtByte(0, reading))) {
            fixture.decided("1", NEW);
            Future<RepairOutcome> repairing = fixture.asCaller(() -> fixture.repairer.repair(PATH, false));
            reading.awaitArrival();
            fixture.delete(PATH);
            reading.open();
            EngineFixture.await(repairing);
            assertHoldsNothing(local);
            assertHoldsNothing(s3);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void keepsTheJournalToADegradedWriteThatIsMadeMeanwhile() throws Exception {
        Gate reading = new Gate();
        local.with(PATH, OLD);
        try (RepairFixture fixture = RepairFixture.of(local, s3.with(PATH, NEW).hangingAtByte(0, reading))) {
            fixture.decided("1", NEW);
            Future<RepairOutcome> repairing = fixture.asCaller(() -> fixture.repairer.repair(PATH, false));
            reading.awaitArrival();
            s3.failingBefore(Call.COMMIT);
            fixture.write(PATH, NEWER);
            reading.open();
            EngineFixture.await(repairing);
            assertHolds(local, NEWER);
            assertThat(fixture.journal().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.digest()).isEqualTo(RepairFixture.digest(NEWER)));
            s3.well();
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, NEWER);
        }
    }

    @Test
    void deletesNothingThatIsWrittenMeanwhile() throws Exception {
        Gate reading = new Gate();
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD).hangingAtByte(0, reading), s3)) {
            fixture.decided("1", null);
            Future<RepairOutcome> repairing = fixture.asCaller(() -> fixture.repairer.repair(PATH, false));
            reading.awaitArrival(); // the copies are being looked at
            fixture.write(PATH, NEWER);
            reading.open();
            assertThat(EngineFixture.await(repairing)).isInstanceOf(RepairOutcome.Waiting.class);
            assertHolds(local, NEWER);
            assertHolds(s3, NEWER);
        }
    }

    @Test
    void neverCopiesWhatHasTakenThePlaceOfAProvenCopy() throws Exception {
        s3.with(PATH, NEW).before(Call.STAT, () -> {
            if (s3.statCount.get() > 1) { // it was looked at before
                s3.with(PATH, NEWER);
            }
        });
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.decided("1", NEW);
            repair(fixture, RepairOutcome.GivenUp.class);
            assertHolds(local, OLD);
        }
    }

    @Test
    void repairsAPathOnceAtATime() throws Exception {
        Gate reading = new Gate();
        try (RepairFixture fixture = RepairFixture.of(local, s3.with(PATH, NEW).hangingAtByte(0, reading))) {
            fixture.decided("1", NEW);
            Future<RepairOutcome> repairing = fixture.asCaller(() -> fixture.repairer.repair(PATH, false));
            reading.awaitArrival();
            assertThat(repair(fixture, RepairOutcome.Waiting.class).reason()).isEqualTo("is being repaired");
            reading.open();
            assertThat(EngineFixture.await(repairing)).isInstanceOf(RepairOutcome.Settled.class);
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
    void saysOnceThatSomebodyMustChoose() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.left("1", PATH, NEW, List.of(State.COMMITTED, State.MISSED));
            RepairOutcome.GivenUp givenUp = repair(fixture, RepairOutcome.GivenUp.class);
            assertThat(givenUp.reason())
                    .isEqualTo("has no copy that is proven good: 'local' holds " + RepairFixture.digest(OLD)
                            + "; 's3' holds no copy. Choose a source to repair it from ('local'), write it again or"
                            + " delete it");
            repair(fixture, RepairOutcome.GivenUp.class);
            assertThat(fixture.told).containsExactly(givenUp);
        }
    }

    @Test
    void copiesFromTheSourceThatIsChosen() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.with(PATH, NEWER), third)) {
            fixture.left("1", PATH, NEW, List.of(State.COMMITTED, State.MISSED, State.MISSED));
            RepairOutcome outcome = fixture.repairer.repair(PATH, "local");
            assertThat(outcome).isInstanceOf(RepairOutcome.Settled.class);
            assertHolds(s3, OLD);
            assertHolds(third, OLD);
            assertThat(s3.memory.attributes(TargetPath.of(PATH)))
                    .contains(ContentAttributes.NONE.withGuessedContentType(TargetPath.of(PATH)));
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void waitsWhenTheChosenSourceCannotBeBroughtEverywhere() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.failingBefore(Call.COMMIT))) {
            fixture.left("1", PATH, NEW, List.of(State.COMMITTED, State.MISSED));
            assertThat(fixture.repairer.repair(PATH, "local")).isInstanceOf(RepairOutcome.Waiting.class);
            assertThat(fixture.ids()).containsExactly("1");
        }
    }

    @Test
    void remembersTheChoiceForATargetThatCouldNotTakeIt() throws Exception {
        s3.with(PATH, OLD).failingBefore(Call.COMMIT);
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEWER), s3, third.with(PATH, NEW))) {
            fixture.left("1", PATH, NEW, List.of(State.COMMITTED, State.MISSED, State.COMMITTED));
            third.failingBefore(Call.COMMIT); // it keeps what was decided first
            assertThat(fixture.repairer.repair(PATH, "local")).isInstanceOf(RepairOutcome.Waiting.class);
            third.well();
            s3.well();
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(local, NEWER);
            assertHolds(s3, NEWER);
            assertHolds(third, NEWER);
        }
    }

    @Test
    void bringsBackWhatAnEarlierRequestUndid() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3.failingBefore(Call.COMMIT))) {
            fixture.write(PATH, NEW); // s3 is in doubt
            s3.well();
            fixture.write(PATH, NEWER);
            assertThat(fixture.ids()).hasSize(1);
            repair(fixture, RepairOutcome.Waiting.class);
            s3.with(PATH, NEW); // the first request arrives
            fixture.timer.advance(RepairSettings.defaults().lateness());
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, NEWER);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void refusesAChoiceThatIsNone() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3)) {
            fixture.left("1", PATH, NEW, List.of(State.COMMITTED, State.MISSED));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fixture.repairer.repair(PATH, "s4"))
                    .withMessageContaining("There is no target 's4'")
                    .withMessageContaining("[local, s3]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fixture.repairer.repair("unknown", "local"))
                    .withMessageContaining("no entry of 'unknown'");
            assertThatIllegalArgumentException().isThrownBy(() -> fixture.repairer.repair("unknown", false));
            assertThatThrownBy(() -> fixture.repairer.repair(PATH, "s3"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'s3' holds no copy");
            fixture.decided("2", null);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fixture.repairer.repair(PATH, "local"))
                    .withMessageContaining("was deleted");
            assertHolds(local, OLD);
            assertHoldsNothing(s3);
            assertThat(fixture.ids()).containsExactly("1", "2");
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
