package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.outcome.TargetStatus;
import io.parallelwrite.stream.EngineFixture;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundRepairerTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 81);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final RepairFixture fixture = fixture(new MemoryJournal(), RepairSettings.defaults());
    private BackgroundRepairer background = background(fixture);

    private RepairFixture fixture(Journal journal, RepairSettings settings) {
        return RepairFixture.of(journal, RepairFixture.NOW, settings.withDelays(FIRST, LONGEST), local, s3);
    }

    private static BackgroundRepairer background(RepairFixture fixture) {
        return new BackgroundRepairer(fixture.repairer, new Random(3));
    }

    @AfterEach
    void stop() throws TimeoutException {
        s3.openGates();
        assertThat(background.stop(LONG)).isTrue();
        fixture.close();
    }

    private static void missed(RepairFixture fixture, String path) throws Exception {
        fixture.targets.get(0).with(path, BYTES);
        fixture.left(path, path, BYTES, List.of(State.COMMITTED, State.MISSED));
    }

    private void awaitEmpty() throws TimeoutException {
        EngineFixture.until(() -> fixture.journal().size() == 0);
    }

    /** Waits until the thread has gone through the journal and set its alarm. */
    private void awaitIdle() throws TimeoutException {
        assertThat(background.awaitRecovery(LONG)).isTrue();
        EngineFixture.until(background::isIdle);
    }

    /** Lets time pass in steps so short that no call overruns its deadline for it. */
    private void letPass(Duration time) throws TimeoutException {
        Duration step = Duration.ofMillis(500);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            fixture.timer.advance(step);
            EngineFixture.until(background::isIdle);
        }
    }

    @Test
    void settlesWhatAllTargetsShowedWhenNoEarlierRequestCanArriveAnyMore() throws Exception {
        fixture.targets.forEach(target -> target.with("p", BYTES));
        fixture.left("p", "p", BYTES, List.of(State.COMMITTED, State.COMMITTED));
        background.start();
        awaitIdle();
        letPass(RepairSettings.defaults().lateness().plus(LONGEST));
        awaitEmpty();
    }

    @Test
    void repairsAtTheStartWhatACrashLeft() throws Exception {
        for (int i = 0; i < 100; i++) {
            missed(fixture, "p" + i);
        }
        background.start();
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(fixture.journal().size()).isZero();
        assertThat(s3.memory.paths()).hasSize(100);
        assertThat(fixture.told).hasSize(100);
    }

    @Test
    void doesNotHoldUpTheStartOfAnApplication() throws Exception {
        Gate hanging = new Gate();
        s3.hangingBefore(Call.STAT, hanging);
        missed(fixture, "p");
        background.start();
        hanging.awaitArrival();
        assertThat(background.awaitRecovery(Duration.ZERO)).isFalse();
        hanging.open();
        assertThat(background.awaitRecovery(LONG)).isTrue();
    }

    @Test
    void repairsWhatAWriteLeavesBehind() throws Exception {
        background.start();
        awaitIdle();
        s3.failingBefore(Call.COMMIT);
        fixture.write("p", BYTES);
        s3.well();
        fixture.timer.advance(FIRST); // if it has tried before the target was well
        awaitEmpty();
        assertThat(s3.memory.paths()).containsExactly("p");
    }

    @Test
    void triesAgainLaterAndLater() throws Exception {
        missed(fixture, "p");
        s3.failingBefore(Call.STAT);
        background.start();
        awaitIdle();
        assertThat(s3.statCount).hasValue(1);
        for (int attempt = 2; attempt <= 5; attempt++) {
            letPass(FIRST.multipliedBy(1L << (attempt - 2))); // after half of it at the earliest
            assertThat(s3.statCount).hasValue(attempt);
        }
        fixture.timer.advance(FIRST);
        background.wake(); // it is not due yet
        EngineFixture.until(background::isIdle);
        assertThat(s3.statCount).hasValue(5);
        s3.well();
        letPass(Duration.ofSeconds(16));
        assertThat(fixture.ids()).isEmpty();
    }

    @Test
    void triesAllAgainAtOnceWhenATargetIsWell() throws Exception {
        for (int i = 0; i < 20; i++) {
            missed(fixture, "p" + i);
        }
        s3.failingBefore(Call.STAT);
        background.start();
        awaitIdle();
        s3.well();
        while (fixture.told.isEmpty()) { // until the first is due
            fixture.timer.advance(Duration.ofMillis(5));
            EngineFixture.until(background::isIdle);
        }
        awaitEmpty(); // the others, for which time stands still
    }

    @Test
    void leavesATargetAloneThatIsOutAndCatchesUpAsSoonAsItIsBack() throws Exception {
        List<TargetState> states = new CopyOnWriteArrayList<>();
        fixture.engine.states().addListener(change -> states.add(change.state()));
        s3.failingBefore(Call.COMMIT);
        for (int i = 0; i < 10; i++) { // five of them take it out
            fixture.write("p" + i, BYTES);
        }
        background.start();
        awaitIdle();
        letPass(FIRST.dividedBy(4)); // before the first probe
        assertThat(s3.statCount).as("looks at the target").hasValue(0);
        assertThat(s3Status().waitingEntries()).isEqualTo(10);

        s3.well();
        fixture.timer.advance(FIRST); // a probe
        awaitEmpty();
        EngineFixture.until(() -> s3Status().state() == TargetState.IN_SYNC && states.size() == 4);
        assertThat(states)
                .containsExactly(
                        TargetState.CATCHING_UP, TargetState.OUT, TargetState.CATCHING_UP, TargetState.IN_SYNC);
        assertThat(s3.memory.paths()).hasSize(10);
    }

    private TargetStatus s3Status() {
        return fixture.engine.states().status().targets().get(1);
    }

    @Test
    void takesSoManyEntriesInASecondAfterRecovery() throws Exception {
        RepairSettings slow = RepairSettings.defaults().withEntriesPerSecond(2).withRecoveryTime(Duration.ZERO);
        try (RepairFixture slowly = fixture(new MemoryJournal(), slow)) {
            for (int i = 0; i < 4; i++) {
                missed(slowly, "p" + i);
            }
            background = background(slowly);
            background.start();
            for (int i = 0; i < 3; i++) {
                int left = 3 - i;
                EngineFixture.until(() -> slowly.journal().size() == left);
                EngineFixture.until(() -> slowly.timer.alarmCount() == 1);
                assertThat(slowly.journal().size()).isEqualTo(left);
                slowly.timer.advance(Duration.ofMillis(500));
            }
            EngineFixture.until(() -> slowly.journal().size() == 0);
            assertThat(background.stop(LONG)).isTrue();
        }
    }

    @Test
    void doesNothingWhilePaused() throws Exception {
        background.pause();
        background.start();
        missed(fixture, "p");
        background.wake();
        assertThat(background.isPaused()).isTrue();
        assertThat(background.awaitRecovery(Duration.ZERO)).isFalse();
        assertThat(s3.statCount).hasValue(0);
        background.unpause();
        awaitEmpty();
    }

    @Test
    void canBeStartedAgain() throws Exception {
        background.start();
        assertThat(background.stop(LONG)).isTrue();
        missed(fixture, "p");
        background.start();
        background.start();
        awaitEmpty();
    }

    @Test
    void goesOnAfterAnEntryWhoseRepairThrows() throws Exception {
        missed(fixture, "p");
        missed(fixture, "q");
        AtomicBoolean thrown = new AtomicBoolean();
        s3.before(Call.STAT, () -> {
            if (!thrown.getAndSet(true)) {
                throw new AssertionError("scripted");
            }
        });
        background.start();
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(fixture.ids()).as("the one that looked first").hasSize(1);
        EngineFixture.until(background::isIdle);
        letPass(FIRST);
        assertThat(fixture.ids()).isEmpty();
    }

    @Test
    void letsTheEarlierEntryOfAPathFollowOneThatIsRolledBack() throws Exception {
        missed(fixture, RepairFixture.PATH);
        JournalEntry later = fixture.decided("later", EngineFixture.bytes(10, 1));
        background.start();
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(fixture.ids()).isEmpty();
        assertThat(fixture.told).hasSize(2);
        assertThat(fixture.told.get(0).entry()).isEqualTo(later);
        assertThat(RepairFixture.bytes(s3, RepairFixture.PATH)).isEqualTo(BYTES);
    }
}
