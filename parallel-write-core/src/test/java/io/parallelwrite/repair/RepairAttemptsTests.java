package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepairAttemptsTests {

    private static final JournalEntry ONE = entry("1", "one");
    private static final JournalEntry TWO = entry("2", "two");

    private final RepairAttempts attempts = new RepairAttempts(new RepairBackOff(
            RepairSettings.defaults().withDelays(Duration.ofSeconds(1), Duration.ofSeconds(10)), new Random(5)));

    private static JournalEntry entry(String id, String path) {
        return new JournalEntry(
                id,
                Operation.WRITE,
                TargetPath.of(path),
                null,
                ContentAttributes.NONE,
                List.of(JournalMember.of("s3", State.MISSED)),
                Instant.EPOCH,
                1);
    }

    private static RepairCrew.Ended well(JournalEntry entry) {
        List<TargetRepair> done = List.of(new TargetRepair(new CopyAnswer.Missing("s3"), Action.COPY, null));
        return new RepairCrew.Ended(entry, new RepairOutcome.Settled(entry, done, "has them all"));
    }

    private static RepairCrew.Ended failed(JournalEntry entry) {
        List<TargetRepair> done =
                List.of(new TargetRepair(new CopyAnswer.Unavailable("s3", new IOException("down")), Action.NONE, null));
        return new RepairCrew.Ended(entry, new RepairOutcome.Waiting(entry, done, "waits"));
    }

    @Test
    void triesAtOnceWhatFailedForATargetThatWasWellMeanwhile() {
        attempts.begun(ONE);
        attempts.begun(TWO);
        assertThat(attempts.ended(well(TWO), 0)).isFalse();
        assertThat(attempts.ended(failed(ONE), 0)).isTrue();
        assertThat(attempts.isDue(ONE, 0)).isTrue();
    }

    @Test
    void leavesAloneWhatBeganAfterTheTargetWasWellAndFailed() {
        attempts.targetIsWell("s3", 0);
        attempts.begun(ONE);
        assertThat(attempts.ended(failed(ONE), 0)).isFalse();
        assertThat(attempts.isDue(ONE, 0)).isFalse();
    }

    @Test
    void makesDueWhatFailedBeforeATargetWasWell() {
        attempts.begun(ONE);
        attempts.begun(TWO);
        assertThat(attempts.ended(failed(ONE), 0)).isFalse();
        assertThat(attempts.ended(well(TWO), 0)).isTrue();
        assertThat(attempts.isDue(ONE, 0)).isTrue();
    }

    @Test
    void looksAgainWhenAnAttemptEndsWhosePathWasPassedBy() {
        attempts.begun(ONE);
        assertThat(attempts.isRunning(ONE.path())).isTrue();
        assertThat(attempts.isRunning(TWO.path())).isFalse();
        assertThat(attempts.ended(well(ONE), 0)).isTrue();
        assertThat(attempts.isRunning(ONE.path())).isFalse();
    }

    @Test
    void setsNoAlarmForWhatIsBeingTried() {
        attempts.begun(ONE);
        attempts.ended(failed(ONE), 0);
        assertThat(attempts.nextNanos()).isPresent();
        attempts.begun(ONE);
        assertThat(attempts.nextNanos()).isEmpty();
    }

    @Test
    void knowsWhenAllThatBeganBeforeHaveEnded() {
        attempts.begun(ONE);
        long number = attempts.lastNumber();
        attempts.begun(TWO);
        assertThat(attempts.haveEnded(number)).isFalse();
        attempts.ended(well(ONE), 0);
        assertThat(attempts.haveEnded(number)).isTrue();
        assertThat(attempts.runningCount()).isEqualTo(1);
    }
}
