package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.delete;
import static io.parallelwrite.divergence.JournalEntries.missed;
import static io.parallelwrite.divergence.JournalEntries.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.PowerCutDirectory.Fault;
import io.parallelwrite.divergence.PowerCutDirectory.Left;
import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step a {@link FileJournal} makes to the disk fails, once or from then on, before or after it has an effect; then
 * the power fails, and each thing that may leave is opened again.
 */
class FileJournalCrashTests {

    /** So small that there are some segments. */
    static final FileJournal.Limits SMALL = new FileJournal.Limits(100, 1 << 20, 500);

    @ParameterizedTest
    @EnumSource
    void keepsWhatItSaidItKeepsWhicheverStepFails(Fault fault) throws IOException {
        int step = 0;
        int steps;
        do {
            PowerCutDirectory directory = new PowerCutDirectory();
            directory.failAt(step, fault);
            Model model = new Model();
            run(directory, model);
            for (Left left : Left.values()) {
                model.check(directory.after(left), left, fault + " at " + step + " of " + directory.steps());
            }
            steps = directory.steps().size();
            step++;
        } while (step <= steps);
        assertThat(steps).as("the last run fails nothing").isGreaterThan(70);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_ONCE", "AFTER_ONCE"})
    void keepsWhatItSaidItKeepsWhicheverTwoStepsFailShortlyAfterEachOther(Fault fault) throws IOException {
        for (int step = 0; step < 75; step++) {
            for (int second = step + 1; second < step + 8; second++) {
                PowerCutDirectory directory = new PowerCutDirectory();
                directory.failAt(step, fault, second);
                Model model = new Model();
                run(directory, model);
                for (Left left : Left.values()) {
                    String what = fault + " at " + step + " and at " + second + " of " + directory.steps();
                    model.check(directory.after(left), left, what);
                }
            }
        }
    }

    @Test
    void appendsNothingToASegmentWhoseSuccessorMayBeFound() throws IOException {
        PowerCutDirectory directory = new PowerCutDirectory();
        Model model = new Model();
        FileJournal journal = FileJournal.open(directory, SMALL);
        model.put(journal, write("1", "a"));
        directory.failAt(4, Fault.AFTER_ONCE, 6); // the rename, and the first write of the next attempt
        model.put(journal, write("2", "a".repeat(200) + "/" + "b".repeat(200)));
        assertThat(directory.steps().get(4)).startsWith("rename");
        model.put(journal, write("3", "c")); // would fit
        for (Left left : Left.values()) {
            model.check(directory.after(left), left, "" + directory.steps());
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensAgainWhicheverStepOfOpeningFailed(Fault fault) throws IOException {
        for (Left left : Left.values()) {
            PowerCutDirectory before = new PowerCutDirectory();
            Model model = new Model();
            before.failAt(60, Fault.AFTER_FROM_THEN_ON);
            run(before, model);
            int steps;
            int step = 0;
            do {
                PowerCutDirectory directory = before.after(left);
                directory.failAt(step, fault);
                openAndClose(directory);
                for (Left secondLeft : Left.values()) {
                    model.check(directory.after(secondLeft), secondLeft, left + ", then " + fault + " at " + step);
                }
                steps = directory.steps().size();
                step++;
            } while (step <= steps);
        }
    }

    @Test
    void goesOnAfterAFailureThatPassed() throws IOException {
        PowerCutDirectory directory = new PowerCutDirectory();
        Model model = new Model();
        FileJournal journal = FileJournal.open(directory, SMALL);
        model.put(journal, write("1", "a"));
        directory.failAt(0, Fault.BEFORE_FROM_THEN_ON);
        model.put(journal, write("2", "b"));
        model.put(journal, write("3", "c"));
        directory.failNoMore();
        model.put(journal, write("4", "d"));
        assertThat(journal.entries()).extracting(JournalEntry::id).containsExactly("1", "4");
        model.check(directory.after(Left.NOTHING), Left.NOTHING, "after the failure has passed");
        assertThat(directory.names()).as("what was abandoned is deleted").hasSize(1);
    }

    @Test
    void givesGreaterGenerationsAfterAllIsRemovedAndItIsOpenedAgain() throws IOException {
        PowerCutDirectory directory = new PowerCutDirectory();
        long before;
        try (FileJournal journal = FileJournal.open(directory, SMALL)) {
            before = journal.put(write("1", "a")).generation();
            journal.remove("1");
        }
        FileJournal.open(directory, SMALL).close(); // its segment has no entry
        try (FileJournal journal = FileJournal.open(directory, SMALL)) {
            assertThat(journal.put(write("2", "a")).generation()).isGreaterThan(before);
        }
    }

    private static void openAndClose(PowerCutDirectory directory) {
        try {
            FileJournal.open(directory, SMALL).close();
        } catch (IOException e) {
            assertThat(directory.isOpen()).as("gives the directory up").isFalse();
        }
    }

    /** Writes, deletes, misses, is superseded, removes, over several segments and a reopening. */
    private static void run(PowerCutDirectory directory, Model model) {
        for (int life = 0; life < 2; life++) {
            try (FileJournal journal = FileJournal.open(directory, SMALL)) {
                model.opened(journal);
                for (int i = 0; i < 6; i++) {
                    String id = life + "." + i;
                    model.put(journal, i == 3 ? delete(id, "a") : write(id, i % 2 == 0 ? "a" : "path " + i));
                    if (i % 3 != 1) {
                        model.put(
                                journal, missed(i == 3 ? delete(id, "a") : write(id, i % 2 == 0 ? "a" : "path " + i)));
                    }
                    if (i % 3 != 0) {
                        model.remove(journal, id);
                    }
                }
                model.checkMemory(journal);
            } catch (IOException e) {
                // the step that was to fail
            }
        }
    }

    /** What a journal may hold, by what its calls returned. */
    private static final class Model {

        private final Map<String, @Nullable JournalEntry> kept = new HashMap<>(); // as the journal in memory has it
        private final Map<String, Set<@Nullable JournalEntry>> allowed = new HashMap<>(); // after a crash; null: none

        /** What was uncertain before is known now. */
        void opened(FileJournal journal) {
            kept.clear();
            for (JournalEntry entry : journal.entries()) {
                assertThat(isAllowed(entry, allowed(entry.id()))).isTrue();
                kept.put(entry.id(), entry);
            }
            allowed.replaceAll((id, states) -> only(kept.get(id)));
        }

        private static Set<@Nullable JournalEntry> only(@Nullable JournalEntry entry) {
            Set<@Nullable JournalEntry> only = new HashSet<>();
            only.add(entry);
            return only;
        }

        void put(FileJournal journal, JournalEntry entry) {
            JournalEntry before = kept.get(entry.id());
            try {
                JournalEntry after = journal.put(entry);
                kept.put(entry.id(), after);
                allowed.put(entry.id(), only(after));
            } catch (NotAppliedException e) {
                allowed(entry.id()).add(before);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("may be found");
                allowed(entry.id()).add(before);
                allowed(entry.id()).add(entry); // of whatever generation
            }
        }

        void remove(FileJournal journal, String id) throws IOException {
            journal.remove(id);
            allowed(id).add(null); // and what was there before
            kept.remove(id);
        }

        private Set<@Nullable JournalEntry> allowed(String id) {
            return allowed.computeIfAbsent(id, any -> new HashSet<>());
        }

        void checkMemory(FileJournal journal) {
            assertThat(journal.entries()).containsExactlyInAnyOrderElementsOf(kept.values());
        }

        void check(PowerCutDirectory found, Left left, String what) throws IOException {
            try (FileJournal journal = FileJournal.open(found, SMALL)) {
                Map<String, JournalEntry> entries = new HashMap<>();
                journal.entries().forEach(entry -> entries.put(entry.id(), entry));
                assertThat(allowed.keySet()).as(what).containsAll(entries.keySet());
                allowed.forEach((id, states) -> assertThat(isAllowed(entries.get(id), states))
                        .as("%s, %s: %s is not of %s", what, left, entries.get(id), states)
                        .isTrue());
                if (left != Left.EVERY_SECOND_WRITE) {
                    assertThat(journal.damagedCount()).as("%s, %s", what, left).isZero();
                }
                assertThat(found.segment()).isNotNull();
                long last = journal.put(write("new", "a")).generation();
                assertThat(journal.entries().get(journal.size() - 1).id()).isEqualTo("new");
                assertThat(last).isGreaterThan(greatest(entries));
            }
        }

        private static long greatest(Map<String, JournalEntry> entries) {
            return entries.values().stream()
                    .mapToLong(JournalEntry::generation)
                    .max()
                    .orElse(0);
        }

        private static boolean isAllowed(@Nullable JournalEntry entry, Set<@Nullable JournalEntry> states) {
            return states.contains(entry)
                    || (entry != null && states.contains(entry.withGeneration(JournalEntry.UNNUMBERED)));
        }
    }
}
