package io.parallelwrite.repair;

import static io.parallelwrite.repair.RepairFixture.PATH;
import static io.parallelwrite.repair.RepairedCopy.NEW;
import static io.parallelwrite.repair.RepairedCopy.NEWER;
import static io.parallelwrite.repair.RepairedCopy.OLD;
import static io.parallelwrite.repair.RepairedCopy.assertHolds;
import static io.parallelwrite.repair.RepairedCopy.assertHoldsNothing;
import static io.parallelwrite.repair.RepairedCopy.repair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A repair that nothing proves a source for: it asks, and copies from the source that somebody chooses. */
class ChosenSourceTests {

    private final ScriptedCopies local = new ScriptedCopies("local").keeping(null);
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final ScriptedCopies third = new ScriptedCopies("third");

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
    void keepsAChoiceUntilARequestOfWhatWasDecidedCannotArriveAnyMore() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3.with(PATH, OLD))) {
            local.failingBefore(Call.COMMIT);
            s3.failingBefore(Call.COMMIT);
            assertThatThrownBy(() -> fixture.write(PATH, NEW)).isInstanceOf(IOException.class); // both are in doubt
            local.well();
            s3.well();
            assertThat(fixture.repairer.repair(PATH, "local")).isInstanceOf(RepairOutcome.Waiting.class);
            s3.with(PATH, NEW); // the request arrives
            fixture.timer.advance(RepairSettings.defaults().lateness());
            assertThat(fixture.repairer.repair(PATH, false)).isInstanceOf(RepairOutcome.Settled.class);
            assertHolds(s3, OLD);
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
}
