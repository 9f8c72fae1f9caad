package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parallelwrite.divergence.StagingLog;
import io.parallelwrite.repair.SweepOutcome.Found;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.target.StagingNote;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When left-overs are discarded, and what happens while a target is away. */
@Timeout(120)
class BackgroundSweeperTests {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final ManualTimer timer = new ManualTimer();
    private final StagingLog notes = StagingLog.inMemory();
    private final SweptTarget local = new SweptTarget("local");
    private final SweptTarget s3 = new SweptTarget("s3");
    private final List<SweepOutcome> told = new CopyOnWriteArrayList<>();
    private SweepSettings settings = SweepSettings.defaults();
    private BackgroundSweeper background;

    private Sweeper sweeper() {
        Sweeper sweeper =
                new Sweeper(List.<Target>of(local, s3), notes, settings, timer, Clock.fixed(NOW, ZoneOffset.UTC));
        sweeper.addListener(told::add);
        return sweeper;
    }

    private void start() throws Exception {
        background = new BackgroundSweeper(sweeper(), new Random(1));
        background.start();
        settle();
    }

    private void settle() throws Exception {
        EngineFixture.until(background::isIdle);
    }

    @AfterEach
    void stop() {
        local.gate.countDown();
        s3.gate.countDown();
        if (background != null) {
            assertThat(background.stop(Duration.ofMinutes(1))).isTrue();
            assertThat(background.isRunning()).isFalse();
            assertThat(timer.alarmCount()).isZero();
        }
    }

    private StagingNote stage(SweptTarget target, String what) {
        return notes.notesOf(target.name(), target.place()).staged(TargetPath.of("a"), what);
    }

    private List<SweepOutcome> noted() {
        return told.stream().filter(outcome -> outcome.found() == Found.NOTED).toList();
    }

    @Test
    void discardsAtTheStartWhatIsLeftOverAndNothingOfOpenWrites() throws Exception {
        stage(local, "a").leftBehind();
        stage(s3, "b").leftBehind();
        stage(s3, "c").leftBehind();
        stage(s3, "open");
        start();
        assertThat(local.discarded).containsExactly("a");
        assertThat(s3.discarded).containsExactly("b", "c");
        assertThat(notes.leftOvers()).isEmpty();
        assertThat(noted())
                .containsExactlyInAnyOrder(
                        new SweepOutcome("local", Found.NOTED, 1, 0, null),
                        new SweepOutcome("s3", Found.NOTED, 2, 0, null));
    }

    @Test
    void discardsSoonWhatAWriteLeavesBehind() throws Exception {
        start();
        StagingNote note = stage(local, "a");
        settle();
        assertThat(local.discarded).isEmpty();
        note.leftBehind();
        settle();
        assertThat(local.discarded).containsExactly("a");
    }

    @Test
    void waitsForARequestThatMayStillArrive() throws Exception {
        StagingNote note = stage(s3, "publishing");
        note.publishing();
        note.leftBehind();
        stage(s3, "staged").leftBehind();
        start();
        assertThat(s3.discarded).containsExactly("staged");

        timer.advance(settings.pace().lateness().minusMillis(1));
        settle();
        assertThat(s3.discarded).containsExactly("staged");
        timer.advance(Duration.ofMillis(1));
        settle();
        assertThat(s3.discarded).containsExactly("staged", "publishing");
    }

    private void intend() {
        notes.notesOf(s3.name(), s3.place())
                .intended(TargetPath.of("a"), "intent")
                .leftBehind();
    }

    private void latenessPasses() throws Exception {
        timer.advance(settings.pace().lateness());
        settle();
    }

    @Test
    void discardsWhatCameOfAnIntentWhenItIsSeenTwice() throws Exception {
        s3.unnamed.add("upload");
        intend();
        start();
        assertThat(s3.discarded).isEmpty();
        timer.advance(settings.pace().lateness().minusMillis(1));
        settle();
        assertThat(s3.looks).hasValue(1);

        timer.advance(Duration.ofMillis(1));
        settle();
        assertThat(s3.discarded).containsExactly("upload");
        assertThat(notes.leftOvers()).isEmpty();
        assertThat(noted()).containsExactly(new SweepOutcome("s3", Found.NOTED, 1, 0, null));
        latenessPasses();
        assertThat(s3.looks).hasValue(2);
    }

    @Test
    void forgetsAnIntentOfWhichNothingCame() throws Exception {
        intend();
        start();
        assertThat(notes.leftOvers()).as("it may be late").hasSize(1);
        latenessPasses();
        assertThat(notes.leftOvers()).isEmpty();
        assertThat(noted()).isEmpty();
    }

    @Test
    void leavesWhatHasShownALifeSinceTheFirstLook() throws Exception {
        s3.unnamed.add("of a neighbour");
        intend();
        start();
        s3.unnamed.remove("of a neighbour"); // it has a part now
        latenessPasses();
        assertThat(s3.discarded).isEmpty();
        assertThat(notes.leftOvers()).isEmpty();
    }

    @Test
    void findsWhatALateRequestStagesAfterTheFirstLookAndNothingOfLaterOnes() throws Exception {
        intend();
        start();
        s3.unnamed.add("late");
        latenessPasses();
        assertThat(s3.discarded).isEmpty();
        s3.unnamed.add("too late to be of it");
        latenessPasses();
        assertThat(s3.discarded).containsExactly("late");
        assertThat(notes.leftOvers()).isEmpty();
        latenessPasses();
        assertThat(s3.looks).hasValue(3);
        assertThat(s3.unnamed).containsExactly("too late to be of it");
    }

    @Test
    void looksAgainAtOnceForWhatBecameDueWhileItWasAtWork() throws Exception {
        s3.unnamed.add("upload");
        s3.whenDiscarded = () -> timer.advance(settings.pace().lateness());
        intend();
        stage(s3, "takes long").leftBehind();
        start();
        assertThat(s3.discarded).containsExactly("takes long", "upload");
        assertThat(notes.leftOvers()).isEmpty();
    }

    @Test
    void looksAgainForWhatCameOfAnIntentWhileATargetIsAway() throws Exception {
        s3.unnamed.add("upload");
        s3.away = true;
        intend();
        start();
        timer.advance(settings.pace().firstDelay());
        settle();
        assertThat(s3.looks).hasValue(2);
        s3.away = false;
        timer.advance(settings.pace().firstDelay().multipliedBy(2)); // no more: the next look is due after the lateness
        settle();
        assertThat(s3.discarded).as("seen once").isEmpty();
        s3.away = true;
        latenessPasses();
        assertThat(notes.leftOvers()).hasSize(1);
        s3.away = false;
        timer.advance(settings.pace().longestDelay());
        settle();
        assertThat(s3.discarded).containsExactly("upload");
        assertThat(notes.leftOvers()).isEmpty();
    }

    @Test
    void triesAgainWhileATargetIsAwayAndTellsEachTime() throws Exception {
        s3.away = true;
        stage(s3, "a").leftBehind();
        start();
        assertThat(s3.attempts).hasValue(1);
        timer.advance(settings.pace().firstDelay());
        settle();
        assertThat(s3.attempts).hasValue(2);
        s3.away = false;
        timer.advance(settings.pace().longestDelay());
        settle();
        assertThat(s3.discarded).containsExactly("a");
        assertThat(noted()).extracting(SweepOutcome::failed).containsExactly(1L, 1L, 0L);
        assertThat(noted().get(0).failure()).hasMessage("away");
    }

    @Test
    void goesOnAfterWhatNobodyExpected() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        InstantSource breaking = () -> {
            if (asked.getAndIncrement() < 2) {
                throw new LinkageError("scripted");
            }
            return NOW;
        };
        stage(s3, "a").leftBehind();
        List<Target> targets = List.of(s3);
        Sweeper sweeper = new Sweeper(targets, notes, settings, timer, breaking.withZone(ZoneOffset.UTC));
        background = new BackgroundSweeper(sweeper, new Random(1));
        background.start();
        settle();
        assertThat(s3.attempts).hasValue(0);
        timer.advance(settings.pace().longestDelay());
        settle();
        assertThat(s3.discarded).containsExactly("a");
        timer.advance(settings.period());
        settle();
        assertThat(s3.agedSweeps).hasValue(1);
    }

    @Test
    void leavesATargetThatFailsAgainAndAgainAloneForAWhile() throws Exception {
        s3.away = true;
        for (int i = 0; i < 100; i++) {
            stage(s3, "left-" + i).leftBehind();
        }
        start();
        assertThat(s3.attempts).hasValue(3);
        s3.away = false;
        timer.advance(settings.pace().firstDelay());
        settle();
        assertThat(s3.discarded).hasSize(100);
        assertThat(s3.discarded.subList(97, 100))
                .as("what failed comes last")
                .containsExactly("left-0", "left-1", "left-2");
    }

    @Test
    void letsNoTargetWaitForOneThatHangs() throws Exception {
        s3.gate = new CountDownLatch(1);
        stage(s3, "hangs").leftBehind();
        stage(local, "a").leftBehind();
        background = new BackgroundSweeper(sweeper(), new Random(1));
        background.start();
        EngineFixture.until(() -> local.discarded.contains("a") && s3.attempts.get() == 1);
        assertThat(background.isIdle()).isFalse();
        assertThat(background.stop(Duration.ZERO)).as("still hanging").isFalse();
    }

    @Test
    void findsATargetByItsPlaceAndKeepsWhatIsWhereNoneIs() throws Exception {
        notes.notesOf("renamed since", local.place())
                .staged(TargetPath.of("a"), "a")
                .leftBehind();
        notes.notesOf("local", "file:///moved/").staged(TargetPath.of("a"), "b").leftBehind();
        start();
        assertThat(local.discarded).containsExactly("a");
        assertThat(notes.leftOvers())
                .singleElement()
                .satisfies(left -> assertThat(left.what()).isEqualTo("b"));
    }

    @Test
    void looksForWhatIsOldAtTheStartAndOnceInEachPeriod() throws Exception {
        settings = settings.withAge(Duration.ofHours(2)).withPeriod(Duration.ofHours(6));
        start();
        assertThat(local.agedSweeps).hasValue(1);
        timer.advance(Duration.ofHours(6).minusMillis(1));
        settle();
        assertThat(local.agedSweeps).hasValue(1);
        s3.away = true;
        timer.advance(Duration.ofMillis(1));
        settle();
        assertThat(local.agedSweeps).hasValue(2);
        assertThat(s3.agedSweeps).hasValue(2);
        assertThat(told).contains(new SweepOutcome("local", Found.AGED, 1, 0, null));
        assertThat(told).anyMatch(outcome -> outcome.target().equals("s3") && outcome.failed() == 1);
        timer.advance(Duration.ofHours(6));
        settle();
        assertThat(s3.agedSweeps).hasValue(3);
    }

    @Test
    void goesOnAfterAStopAndAStart() throws Exception {
        start();
        stop();
        stage(local, "a").leftBehind();
        assertThat(local.discarded).isEmpty();
        background.start();
        settle();
        assertThat(local.discarded).containsExactly("a");
    }

    @Test
    void sweepsOneTargetWhenAsked() {
        stage(local, "a").leftBehind();
        Sweeper sweeper = sweeper();
        assertThat(sweeper.sweepNoted("local").discarded()).isEqualTo(1);
        assertThat(sweeper.sweepNoted("local").discarded()).isZero();
        assertThat(sweeper.sweepAged("s3").discarded()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sweeper.sweepAged("s4"))
                .withMessage("There is no target 's4', only [local, s3]");
    }
}
