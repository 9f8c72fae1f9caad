package io.parallelwrite.repair;

import static io.parallelwrite.repair.RepairFixture.PATH;
import static io.parallelwrite.repair.RepairedCopy.NEW;
import static io.parallelwrite.repair.RepairedCopy.NEWER;
import static io.parallelwrite.repair.RepairedCopy.OLD;
import static io.parallelwrite.repair.RepairedCopy.assertHolds;
import static io.parallelwrite.repair.RepairedCopy.assertHoldsNothing;
import static io.parallelwrite.repair.RepairedCopy.repair;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.target.TargetPath;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair of one path while a request that was given up, or was of a process that died, may still arrive. */
class LateRequestRepairTests {

    private final ScriptedCopies local = new ScriptedCopies("local").keeping(null);
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final ScriptedCopies third = new ScriptedCopies("third");

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
    void bringsBackWhatAnEarlierRequestUndid() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3.failingBefore(Call.COMMIT))) {
            fixture.write(PATH, NEW); // s3 is in doubt
            s3.well();
            fixture.write(PATH, NEWER);
            assertThat(fixture.ids()).hasSize(2);
            repair(fixture, RepairOutcome.Waiting.class);
            s3.with(PATH, NEW); // the first request arrives
            fixture.timer.advance(RepairSettings.defaults().lateness());
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, NEWER);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    /** Lets s3 alone show what comes after a write that left s3 in doubt, then lets the request of that write arrive. */
    private void anEarlierRequestUndoes(Callable<?> later, RepairFixture fixture) throws Exception {
        fixture.write(PATH, NEW);
        s3.well();
        local.failingBefore(Call.COMMIT);
        later.call();
        local.well();
        s3.with(PATH, NEW); // it arrives, and all are equal
        fixture.timer.advance(RepairSettings.defaults().lateness());
    }

    @Test
    void saysThatALateRequestHasReplacedTheOnlyCopyOfALaterWrite() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3.failingBefore(Call.COMMIT))) {
            anEarlierRequestUndoes(() -> fixture.write(PATH, NEWER), fixture);
            assertThat(repair(fixture, RepairOutcome.GivenUp.class).reason()).contains("no copy that is proven good");
            assertThat(fixture.repairer.repair(PATH, "local")).isInstanceOf(RepairOutcome.Settled.class);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void forgetsAnEarlierEntryOfWhichNothingCanArriveWhileATargetIsAway() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3.failingBefore(Call.COMMIT), third)) {
            fixture.write(PATH, NEW); // s3 is in doubt
            s3.well();
            third.failingBefore(Call.COMMIT);
            fixture.write(PATH, NEWER);
            third.failingBefore(Call.STAT);
            assertThat(fixture.ids()).hasSize(2);
            repair(fixture, RepairOutcome.Waiting.class);
            assertThat(fixture.ids()).hasSize(2);
            fixture.timer.advance(RepairSettings.defaults().lateness());
            repair(fixture, RepairOutcome.Waiting.class);
            assertThat(fixture.ids()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void looksAgainForARequestThatArrivesWhileItRepairs(boolean byChoice) throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3.failingBefore(Call.COMMIT), third)) {
            fixture.write(PATH, NEW); // s3 is in doubt
            s3.well();
            third.failingBefore(Call.COMMIT);
            fixture.write(PATH, NEWER);
            third.before(Call.COMMIT, () -> {
                s3.with(PATH, NEW); // the first request arrives
                fixture.timer.advance(RepairSettings.defaults().lateness());
            });
            assertThat(byChoice ? fixture.repairer.repair(PATH, "local") : repair(fixture, RepairOutcome.Waiting.class))
                    .isInstanceOf(RepairOutcome.Waiting.class);
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, NEWER);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void looksAgainForARequestOfItsEntryThatArrivesWhileSomethingElseIsChosen() throws Exception {
        s3.with(PATH, OLD).failingBefore(Call.COMMIT);
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, OLD), s3, third.with(PATH, OLD))) {
            fixture.write(PATH, NEW); // s3 is in doubt
            s3.well();
            third.before(Call.COMMIT, () -> {
                s3.with(PATH, NEW); // the request arrives
                fixture.timer.advance(RepairSettings.defaults().lateness());
            });
            assertThat(fixture.repairer.repair(PATH, "s3")).isInstanceOf(RepairOutcome.Waiting.class);
            repair(fixture, RepairOutcome.Settled.class);
            assertHolds(s3, OLD);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void saysThatALateRequestHasBroughtBackWhatWasDeleted() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local, s3.failingBefore(Call.COMMIT))) {
            anEarlierRequestUndoes(() -> fixture.delete(PATH), fixture);
            assertThat(repair(fixture, RepairOutcome.GivenUp.class).reason()).contains("is back");
            fixture.delete(PATH);
            assertThat(fixture.ids()).isEmpty();
        }
    }

    @Test
    void bringsBackWhatARequestOfAScrubUndid() throws Exception {
        try (RepairFixture fixture = RepairFixture.of(local.with(PATH, NEW), s3.failingBefore(Call.COMMIT))) {
            fixture.scrubber.repair(PATH, RepairOptions.proven().withSource("local")); // s3 is in doubt
            s3.well();
            fixture.delete(PATH);
            assertThat(fixture.ids()).hasSize(1);
            s3.with(PATH, NEW); // the request arrives
            fixture.timer.advance(RepairSettings.defaults().lateness());
            repair(fixture, RepairOutcome.Settled.class);
            assertThat(RepairFixture.bytes(s3, PATH)).isNull();
        }
    }
}
