package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.stream.EngineFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every state a crash or a degraded write can leave, and many that nothing should: what each of two or three targets holds,
 * whether it can be asked, and what the journal knows about it. After every repair the same rules must hold.
 */
class RepairMatrixTests {

    private static final byte[] OLD = EngineFixture.bytes(40, 61);
    private static final byte[] NEW = EngineFixture.bytes(50, 62);

    /** What a target holds, and whether it answers. */
    private enum Holds {
        OLD_COPY(true, OLD),
        NEW_COPY(true, NEW),
        NOTHING(true, null),
        OLD_COPY_BUT_AWAY(false, OLD),
        NEW_COPY_BUT_AWAY(false, NEW);

        private final boolean answers;
        private final byte @Nullable [] bytes;

        Holds(boolean answers, byte @Nullable [] bytes) {
            this.answers = answers;
            this.bytes = bytes;
        }
    }

    /** One state: what is held, and what the journal knows. */
    private record Case(String path, List<Holds> holds, List<State> states, boolean delete) {

        boolean someAway() {
            return holds.stream().anyMatch(held -> !held.answers);
        }

        boolean someCommitted() {
            return states.contains(State.COMMITTED);
        }

        boolean deletedNowhere() {
            boolean same = holds.stream().map(held -> held.bytes).distinct().count() == 1;
            return delete && !someCommitted() && same && holds.get(0).bytes != null;
        }

        boolean newIsReadable() {
            return !delete && holds.contains(Holds.NEW_COPY);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, false", "2, true", "3, false", "3, true"})
    void holdsWhateverTheTargetsHoldAndTheJournalKnows(int targetCount, boolean delete) throws Exception {
        ScriptedCopies[] targets = new ScriptedCopies[targetCount];
        Arrays.setAll(targets, i -> new ScriptedCopies("t" + i));
        int count = 0;
        try (RepairFixture fixture = RepairFixture.of(targets)) {
            for (List<State> states : journalStates(targetCount)) {
                for (List<Holds> holds : combinations(List.of(Holds.values()), targetCount)) {
                    check(fixture, new Case("p" + count++, holds, states, delete));
                }
            }
        }
        assertThat(count).isEqualTo((int) (Math.pow(5, targetCount) * (1 + Math.pow(3, targetCount))));
    }

    private static List<List<State>> journalStates(int targetCount) {
        List<List<State>> states =
                new ArrayList<>(combinations(List.of(State.COMMITTED, State.MISSED, State.IN_DOUBT), targetCount));
        states.add(RepairFixture.States.of(targetCount, State.PENDING));
        return states;
    }

    private static <T> List<List<T>> combinations(List<T> values, int length) {
        List<List<T>> all = List.of(List.of());
        for (int i = 0; i < length; i++) {
            List<List<T>> longer = new ArrayList<>();
            for (List<T> shorter : all) {
                for (T value : values) {
                    List<T> one = new ArrayList<>(shorter);
                    one.add(value);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }

    private static void check(RepairFixture fixture, Case one) throws IOException {
        setUp(fixture, one);
        fixture.told.clear();
        fixture.left(one.path(), one.path(), one.delete() ? null : NEW, one.states());
        List<byte @Nullable []> before = contents(fixture, one);
        RepairOutcome planned = fixture.repairer.repair(one.path(), true);
        assertSame(before, contents(fixture, one), one);
        RepairOutcome outcome = fixture.repairer.repair(one.path(), false);
        List<byte @Nullable []> after = contents(fixture, one);

        assertThat(outcome.getClass()).as("%s", one).isEqualTo(planned.getClass());
        assertOnlyWhatIsProvenHasChanged(one, before, after);
        assertTheJournalTellsTheTruth(fixture, one, outcome, after);
        assertOutcomeFits(one, outcome, after);
        assertRunningAgainChangesNothing(fixture, one, after);

        fixture.targets.forEach(ScriptedCopies::well);
        assertEndsWhenAllAnswer(fixture, one);
        assertToldOnce(fixture, one);
        for (JournalEntry left : fixture.journal().entries()) {
            fixture.journal().remove(left.id());
        }
    }

    private static void setUp(RepairFixture fixture, Case one) {
        for (int i = 0; i < one.holds().size(); i++) {
            ScriptedCopies target = fixture.targets.get(i).well();
            Holds holds = one.holds().get(i);
            if (holds.bytes != null) {
                target.with(one.path(), holds.bytes);
            }
            if (!holds.answers) {
                target.failingBefore(ScriptedCopies.Call.STAT).failingBefore(ScriptedCopies.Call.COMMIT);
            }
        }
    }

    private static List<byte @Nullable []> contents(RepairFixture fixture, Case one) {
        List<byte @Nullable []> contents = new ArrayList<>();
        fixture.targets.forEach(target -> contents.add(RepairFixture.bytes(target, one.path())));
        return contents;
    }

    private static void assertSame(List<byte @Nullable []> one, List<byte @Nullable []> other, Case of) {
        for (int i = 0; i < one.size(); i++) {
            assertThat(other.get(i)).as("target %s of %s", i, of).isEqualTo(one.get(i));
        }
    }

    private static boolean agree(List<byte @Nullable []> contents) {
        return contents.stream().allMatch(bytes -> Arrays.equals(bytes, contents.get(0)));
    }

    private static void assertOnlyWhatIsProvenHasChanged(
            Case one, List<byte @Nullable []> before, List<byte @Nullable []> after) {
        for (int i = 0; i < before.size(); i++) {
            if (!Arrays.equals(before.get(i), after.get(i))) {
                assertThat(one.holds().get(i).answers).as("%s", one).isTrue();
                assertThat(after.get(i)).as("%s", one).isEqualTo(one.delete() ? null : NEW);
                assertThat(one.delete() || one.newIsReadable()).as("%s", one).isTrue();
            }
        }
    }

    private static void assertTheJournalTellsTheTruth(
            RepairFixture fixture, Case one, RepairOutcome outcome, List<byte @Nullable []> after) {
        boolean gone = fixture.journal().size() == 0;
        boolean ended = outcome instanceof RepairOutcome.Settled || outcome instanceof RepairOutcome.RolledBack;
        assertThat(gone).as("%s: %s", one, outcome).isEqualTo(ended);
        if (gone) {
            assertThat(agree(after)).as("%s: %s", one, outcome).isTrue();
        }
        if (!one.someAway() && agree(after) && !lost(one, after)) {
            assertThat(gone).as("%s: %s", one, outcome).isTrue();
        }
    }

    /** Whether what somebody is known to have held is nowhere: nobody but an operator may call that settled. */
    private static boolean lost(Case one, List<byte @Nullable []> contents) {
        return !one.delete() && one.someCommitted() && contents.stream().allMatch(Objects::isNull);
    }

    private static void assertOutcomeFits(Case one, RepairOutcome outcome, List<byte @Nullable []> after) {
        if (one.someAway()) {
            assertThat(outcome).as("%s", one).isInstanceOf(RepairOutcome.Waiting.class);
        } else if (one.deletedNowhere()) {
            assertThat(outcome).as("%s", one).isInstanceOf(RepairOutcome.RolledBack.class);
        } else if (one.delete() || one.newIsReadable()) {
            assertThat(outcome).as("%s", one).isInstanceOf(RepairOutcome.Settled.class);
        } else {
            Class<?> agreed = one.someCommitted() ? RepairOutcome.Settled.class : RepairOutcome.RolledBack.class;
            boolean ends = agree(after) && !lost(one, after);
            assertThat(outcome).as("%s", one).isInstanceOf(ends ? agreed : RepairOutcome.GivenUp.class);
        }
        for (int i = 0; i < after.size() && one.newIsReadable(); i++) {
            if (one.holds().get(i).answers) {
                assertThat(after.get(i)).as("%s", one).isEqualTo(NEW);
            }
        }
    }

    private static void assertRunningAgainChangesNothing(RepairFixture fixture, Case one, List<byte @Nullable []> after)
            throws IOException {
        List<JournalEntry> entries = fixture.journal().entries();
        for (JournalEntry entry : entries) {
            fixture.repairer.repair(entry);
        }
        assertSame(after, contents(fixture, one), one);
        assertThat(fixture.journal().entries()).as("%s", one).isEqualTo(entries);
    }

    private static void assertEndsWhenAllAnswer(RepairFixture fixture, Case one) throws IOException {
        for (JournalEntry entry : fixture.journal().entries()) {
            RepairOutcome outcome = fixture.repairer.repair(entry);
            assertThat(outcome).as("%s", one).isNotInstanceOf(RepairOutcome.Waiting.class);
            List<byte @Nullable []> end = contents(fixture, one);
            if (outcome instanceof RepairOutcome.GivenUp) {
                assertThat(one.delete()).as("%s", one).isFalse();
                assertThat(end.stream().noneMatch(bytes -> Arrays.equals(NEW, bytes)))
                        .isTrue();
            } else {
                assertThat(agree(end)).as("%s", one).isTrue();
            }
            if (one.delete() && !one.someCommitted()) {
                boolean rolledBack = outcome instanceof RepairOutcome.RolledBack;
                assertThat(end.stream().allMatch(bytes -> Objects.isNull(bytes) != rolledBack))
                        .as("%s", one)
                        .isTrue();
            }
        }
    }

    private static void assertToldOnce(RepairFixture fixture, Case one) {
        assertThat(fixture.told).as("%s", one).hasSize(1);
    }
}
