package io.parallelwrite.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parallelwrite.divergence.LeftOver.Stage;
import io.parallelwrite.divergence.PowerCutDirectory.Fault;
import io.parallelwrite.divergence.PowerCutDirectory.Left;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.target.StagingIntent;
import io.parallelwrite.target.StagingNote;
import io.parallelwrite.target.TargetPath;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is noted in a file, and what the next owner finds of it after a kill. */
class StagingLogTests {

    private static final TargetPath PATH = TargetPath.of("reports/ä.csv");
    private static final int SMALL = 400;

    private final PowerCutDirectory directory = new PowerCutDirectory();

    private static StagingLog open(PowerCutDirectory directory) {
        return StagingLog.in(new NoteFile(directory, SMALL));
    }

    private static StagingNote stage(StagingLog log, String what) {
        return log.notesOf("local", "file:///data/").staged(PATH, what);
    }

    private static List<String> left(StagingLog log) {
        return log.leftOvers().stream().map(LeftOver::what).toList();
    }

    @Test
    void leavesToTheNextOwnerWhatWasStagedAndHadNotEnded() {
        StagingLog log = open(directory);
        stage(log, "ended").gone();
        stage(log, "open");
        stage(log, "left behind").leftBehind();
        stage(log, "publishing").publishing();

        List<LeftOver> found = open(directory.after(Left.ALL)).leftOvers();
        assertThat(found)
                .extracting(LeftOver::what, LeftOver::stage)
                .containsExactly(
                        tuple("open", Stage.STAGED),
                        tuple("left behind", Stage.STAGED),
                        tuple("publishing", Stage.PUBLISHING));
        assertThat(found).allSatisfy(left -> {
            assertThat(left.target()).isEqualTo("local");
            assertThat(left.place()).isEqualTo("file:///data/");
            assertThat(left.path()).isEqualTo(PATH);
        });
    }

    private static StagingIntent intend(StagingLog log, String what) {
        return log.notesOf("s3", "s3://bucket/").intended(PATH, what);
    }

    @Test
    void leavesToTheNextOwnerWhatWasIntendedAndHasNoName() {
        StagingLog log = open(directory);
        intend(log, "unanswered");
        intend(log, "refused").gone();
        intend(log, "answered").staged("upload-1");
        intend(log, "published").staged("upload-2").publishing();
        intend(log, "ended").staged("upload-3").gone();
        intend(log, "lost").leftBehind();
        assertThat(log.leftOvers()).extracting(LeftOver::what).containsExactly("lost");

        PowerCutDirectory next = directory.after(Left.ALL);
        assertThat(open(next).leftOvers())
                .extracting(LeftOver::what, LeftOver::stage)
                .containsExactly(
                        tuple("unanswered", Stage.INTENDED),
                        tuple("upload-1", Stage.STAGED),
                        tuple("upload-2", Stage.PUBLISHING),
                        tuple("lost", Stage.INTENDED));
        assertThat(open(next.after(Left.ALL)).leftOvers())
                .as("carried over by an owner that died too")
                .hasSize(4);
    }

    /** Between the two there is no step at which neither is noted. */
    @Test
    void knowsTheIntentUntilItKnowsTheName() {
        StagingLog log = open(directory);
        StagingIntent intent = intend(log, "intent");
        List<String> found = new ArrayList<>();
        directory.onStep(step -> found.addAll(left(open(directory.after(Left.ALL)))));
        for (int i = 0; i < 30; i++) { // so that a file becomes long in between
            intend(log, "other-" + i).gone();
        }
        intent.staged("upload");
        assertThat(left(open(directory.after(Left.ALL)))).containsExactly("upload");
        assertThat(found).contains("intent").hasSizeGreaterThan(60);
    }

    @Test
    void offersOnlyWhatHasEndedToThisOwner() {
        StagingLog log = open(directory);
        StagingNote open = stage(log, "open");
        StagingNote ended = stage(log, "ended");
        List<String> told = new ArrayList<>();
        log.whenLeftBehind(() -> told.add("left"));
        ended.leftBehind();
        ended.leftBehind();
        assertThat(left(log)).containsExactly("ended");
        assertThat(told).containsExactly("left");
        open.gone();
        log.leftOvers().forEach(log::forget);
        assertThat(left(log)).isEmpty();
        assertThat(left(open(directory.after(Left.ALL)))).isEmpty();
    }

    /** Kills the process at every step to the disk of a long random run, with files that are soon long. */
    @Test
    void leavesNothingOutWhereverTheProcessIsKilled() {
        Map<String, StagingNote> open = new HashMap<>();
        List<List<String>> certain = new ArrayList<>(List.of(List.of()));
        StagingLog log = open(directory);
        int[] kills = {0};
        directory.onStep(step -> {
            kills[0]++;
            assertThat(left(open(directory.after(Left.ALL)))).containsAll(certain.get(0));
        });
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            String ending = open.isEmpty() || random.nextInt(5) > 2
                    ? null
                    : new ArrayList<>(open.keySet()).get(random.nextInt(open.size()));
            if (ending == null) {
                String what = "staged-" + i;
                certain.set(0, List.copyOf(open.keySet()));
                open.put(what, stage(log, what));
            } else {
                StagingNote note = open.remove(ending);
                certain.set(0, List.copyOf(open.keySet()));
                note.gone();
            }
            assertThat(left(open(directory.after(Left.ALL)))).containsExactlyInAnyOrderElementsOf(open.keySet());
        }
        assertThat(kills[0]).as("steps").isGreaterThan(300);
        assertThat(directory.count("create")).as("files").isGreaterThan(10);
        assertThat(directory.names()).as("files that are kept").hasSize(1);
    }

    @Test
    void carriesOverWhatIsNotDiscardedFromOwnerToOwner() {
        stage(open(directory), "first");
        PowerCutDirectory second = directory.after(Left.ALL);
        StagingLog log = open(second);
        stage(log, "second");
        PowerCutDirectory third = second.after(Left.ALL);
        assertThat(left(open(third))).containsExactly("first", "second");
        log.forget(log.leftOvers().get(0));
        assertThat(left(open(second.after(Left.ALL)))).containsExactly("second");
    }

    @ParameterizedTest
    @EnumSource
    void opensWhateverAPowerCutLeaves(Left cut) {
        StagingLog log = open(directory);
        for (int i = 0; i < 20; i++) {
            stage(log, "staged-" + i);
        }
        assertThat(left(open(directory.after(cut)))).isSubsetOf(left(open(directory.after(Left.ALL))));
    }

    @Test
    void passesOverWhatIsDamaged() {
        StagingLog log = StagingLog.in(directory);
        stage(log, "first");
        stage(log, "second");
        stage(log, "third");
        String name = directory.names().get(0);
        byte[] bytes = directory.bytes(name);
        int unharmed = 0;
        for (int at = 0; at < bytes.length; at++) {
            PowerCutDirectory damaged = new PowerCutDirectory();
            byte[] spoiled = bytes.clone();
            spoiled[at] ^= 0x41;
            damaged.set(name, spoiled);
            damaged.set("staging-0000000000.log", new byte[] {1, 2, 3});
            List<String> found = left(StagingLog.in(damaged));
            assertThat(found).as("byte %s", at).hasSize(2).isSubsetOf("first", "second", "third");
            unharmed++;
        }
        assertThat(unharmed).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void failsNobodyAndNotesAllAgainOnceTheDiskIsWell(Fault fault) {
        for (int step = 0; step < 12; step++) {
            PowerCutDirectory failing = new PowerCutDirectory();
            StagingLog log = open(failing);
            failing.failAt(step, fault);
            List<StagingNote> notes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                notes.add(stage(log, "staged-" + i));
            }
            notes.get(3).gone();
            failing.failNoMore();
            notes.get(4).gone();
            assertThat(left(open(failing.after(Left.ALL))))
                    .as("%s at %s", fault, step)
                    .hasSize(10)
                    .doesNotContain("staged-3", "staged-4");
        }
    }

    @Test
    void remembersWhatWasLeftBehindAlsoWithoutAFile() {
        StagingLog log = StagingLog.inMemory();
        stage(log, "a").gone();
        stage(log, "b").leftBehind();
        assertThat(left(log)).containsExactly("b");
    }

    @Test
    void belongsToTheJournalInWhoseDirectoryItIs() throws Exception {
        FileJournal journal = FileJournal.open(directory, FileJournalCrashTests.SMALL);
        journal.put(JournalEntries.write("w", "a"));
        stage(journal.stagingLog().orElseThrow(), "staged");
        journal.close();
        assertThat(journal.stagingLog()).hasValueSatisfying(log -> stage(log, "noted in memory alone"));

        FileJournal next = FileJournal.open(directory.after(Left.ALL), FileJournalCrashTests.SMALL);
        assertThat(next.damagedCount()).isZero();
        assertThat(next.entries()).hasSize(1);
        assertThat(left(next.stagingLog().orElseThrow())).containsExactly("staged");
    }

    @Test
    void makesAnEntryOfAWriteThatWasUnderWayWhereNothingIsStaged() throws Exception {
        StagingLog log = open(directory);
        log.begun(JournalEntries.write("ended", "a")).run();
        log.begun(JournalEntries.write("known", "b"));
        log.begun(JournalEntries.write("lost", "c"));

        PowerCutDirectory found = directory.after(Left.ALL);
        FileJournal journal = FileJournal.open(found, FileJournalCrashTests.SMALL);
        journal.put(JournalEntries.missed(JournalEntries.write("known", "b")));
        new JournaledDecisions(journal, Clock.systemUTC(), new ManualTimer(), Duration.ZERO).recallInterrupted();
        assertThat(journal.entries()).extracting(JournalEntry::id).containsExactly("known", "lost");
        assertThat(journal.entries().get(0).isDecision())
                .as("what was known is kept")
                .isFalse();

        journal.remove("lost");
        FileJournal next = FileJournal.open(found.after(Left.ALL), FileJournalCrashTests.SMALL);
        new JournaledDecisions(next, Clock.systemUTC(), new ManualTimer(), Duration.ZERO).recallInterrupted();
        assertThat(next.entries()).extracting(JournalEntry::id).containsExactly("known");
    }

    @Test
    void expectsThatWhatADeadProcessHadUnderWayMayStillArrive() throws Exception {
        open(directory).begun(JournalEntries.write("lost", "c"));
        FileJournal journal = FileJournal.open(directory.after(Left.ALL), FileJournalCrashTests.SMALL);
        ManualTimer timer = new ManualTimer();
        JournaledDecisions decisions = new JournaledDecisions(journal, Clock.systemUTC(), timer, Duration.ofMinutes(1));
        decisions.recallInterrupted();
        JournalEntry later = JournalEntries.write("later", "c");
        assertThat(decisions.mayBeUndone(later)).isTrue();
        timer.advance(Duration.ofMinutes(1));
        assertThat(decisions.mayBeUndone(later)).isFalse();
    }
}
