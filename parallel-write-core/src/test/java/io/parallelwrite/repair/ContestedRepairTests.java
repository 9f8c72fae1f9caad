package io.parallelwrite.repair;

import static io.parallelwrite.repair.RepairFixture.PATH;
import static io.parallelwrite.repair.RepairedCopy.NEW;
import static io.parallelwrite.repair.RepairedCopy.NEWER;
import static io.parallelwrite.repair.RepairedCopy.OLD;
import static io.parallelwrite.repair.RepairedCopy.assertHolds;
import static io.parallelwrite.repair.RepairedCopy.assertHoldsNothing;
import static io.parallelwrite.repair.RepairedCopy.repair;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A repair of a path that is written, deleted or repaired at the same time: it waits or loses. */
class ContestedRepairTests {

    private final ScriptedCopies local = new ScriptedCopies("local").keeping(null);
    private final ScriptedCopies s3 = new ScriptedCopies("s3");

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
}
