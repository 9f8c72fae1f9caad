package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.ATTRIBUTES;
import static io.parallelwrite.divergence.JournalEntries.DIGEST;
import static io.parallelwrite.divergence.JournalEntries.SINCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.LaggingTargetException;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStart.Participant;
import io.parallelwrite.stream.DecisionLog.Decision;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournaledDecisionsTests {

    private static final Duration QUICK = Duration.ofMillis(1);
    private static final Duration LATENESS = Duration.ofSeconds(30);
    private static final TargetPath PATH = TargetPath.of("a");

    private final MemoryJournal journal = new MemoryJournal(3);
    private final ManualTimer timer = new ManualTimer();
    private final JournaledDecisions decisions = after(journal);
    private final List<JournalEntry> told = new ArrayList<>();

    /** Returns the log of another process. */
    private JournaledDecisions after(MemoryJournal journal) {
        return new JournaledDecisions(journal, Clock.fixed(SINCE, ZoneOffset.UTC), timer, LATENESS);
    }

    private Decision decide(String id) throws IOException {
        return decisions.decide(start(id, "a"), DIGEST, ATTRIBUTES);
    }

    private static WriteStart start(String id, String path) {
        List<Participant> targets = List.of(new Participant("local", "file"), new Participant("s3", "s3"));
        return new WriteStart(id, Operation.WRITE, path, targets);
    }

    private static TargetOutcome committed(String target) {
        return new TargetOutcome.Committed(target, "x", QUICK, Receipt.UNKNOWN);
    }

    private static TargetOutcome failed(String target) {
        return new TargetOutcome.Failed(target, "x", QUICK, Phase.COMMIT, 0, new IOException("the disk is full"), null);
    }

    private static TargetOutcome inDoubt(String target) {
        return new TargetOutcome.InDoubt(target, "x", QUICK, Phase.COMMIT, new IOException());
    }

    private List<String> ids() {
        return journal.entries().stream().map(JournalEntry::id).toList();
    }

    private State state(String id, String target) {
        return journal.entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow()
                .member(target)
                .state();
    }

    @Test
    void keepsADecisionRecordUntilItIsSettled() throws Exception {
        Decision decision = decide("1");
        assertThat(journal.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.isDecision()).isTrue();
            assertThat(entry.digest()).isEqualTo(DIGEST);
            assertThat(entry.attributes()).isEqualTo(ATTRIBUTES);
            assertThat(entry.since()).isEqualTo(SINCE);
        });
        assertThat(decisions.isBeingCarriedOut("1")).isTrue();
        assertThat(decisions.remembers(PATH)).isTrue();
        decision.settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).isEmpty();
        assertThat(decisions.isBeingCarriedOut("1")).isFalse();
        assertThat(decisions.remembers(PATH)).isFalse();
    }

    @Test
    void keepsWhatTargetsMissed() throws Exception {
        decisions.whenDiverged(told::add);
        decide("1").settle(List.of(committed("local"), failed("s3")));
        assertThat(state("1", "local")).isEqualTo(State.COMMITTED);
        assertThat(journal.entries().get(0).member("s3"))
                .isEqualTo(new JournalMember("s3", State.MISSED, "the disk is full"));
        assertThat(decisions.isBeingCarriedOut("1")).isFalse();
        assertThat(told)
                .singleElement()
                .satisfies(entry -> assertThat(entry.id()).isEqualTo("1"));
    }

    @Test
    void keepsWhyATargetWasDetached() throws Exception {
        LaggingTargetException lag = new LaggingTargetException(Phase.WRITE, Duration.ofSeconds(5), 64);
        decide("1").settle(List.of(committed("local"), new TargetOutcome.Detached("s3", "s3", QUICK, 0, lag, null)));
        assertThat(journal.entries().get(0).member("s3"))
                .isEqualTo(new JournalMember("s3", State.MISSED, lag.getMessage()));
    }

    @Test
    void takesATargetWithoutOutcomeForOneThatMissedIt() throws Exception {
        decide("1").settle(List.of(inDoubt("s3")));
        assertThat(state("1", "local")).isEqualTo(State.MISSED);
        assertThat(state("1", "s3")).isEqualTo(State.IN_DOUBT);
    }

    @Test
    void forgetsAWriteOfWhichNothingBecameVisible() throws Exception {
        decisions.whenDiverged(told::add);
        decide("1").settle(List.of(committed("local"), failed("s3")));
        told.clear();
        decide("2").settle(List.of(failed("s3")));
        assertThat(ids()).containsExactly("1"); // still what the path should hold
        assertThat(told).isEmpty();
    }

    @Test
    void forgetsWhatALaterWriteHasSuperseded() throws Exception {
        decide("1").settle(List.of(committed("local"), failed("s3")));
        decide("2").settle(List.of(committed("local"), inDoubt("s3")));
        assertThat(ids()).containsExactly("2");
        timer.advance(LATENESS);
        decide("3").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).isEmpty();
    }

    @Test
    void keepsTheEarlierEntryWhileNobodyIsKnownToShowTheLater() throws Exception {
        decide("1").settle(List.of(committed("local"), failed("s3")));
        decide("2").settle(List.of(failed("local"), inDoubt("s3")));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void leavesTheEntriesOfOtherPathsAlone() throws Exception {
        decide("1").settle(List.of(committed("local"), failed("s3")));
        decisions.decide(start("2", "b"), DIGEST, ATTRIBUTES).settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void refusesADecisionTheJournalCannotKeep() throws Exception {
        for (int i = 0; i < journal.capacity(); i++) {
            decide("full " + i);
        }
        assertThatThrownBy(() -> decide("more")).isInstanceOf(JournalFullException.class);
        assertThat(decisions.isBeingCarriedOut("more")).isFalse();
    }

    @Test
    void refusesADecisionThatIsNoEntryWithoutAnUncheckedException() {
        String token = "x".repeat(JournalEntry.MAX_ID_CHARACTERS + 1);
        assertThatThrownBy(() -> decide(token))
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("token of 1 to 200 characters");
        assertThat(decisions.isBeingCarriedOut(token)).isFalse();
    }

    @Test
    void staysADecisionRecordWhenTheJournalFailsAfterTheCommits() throws Exception {
        Decision decision = decide("1");
        journal.close();
        decision.settle(List.of(committed("local"), failed("s3"))); // is logged, and does not throw
        assertThat(journal.entries()).singleElement().matches(JournalEntry::isDecision);
        assertThat(decisions.isBeingCarriedOut("1")).isFalse();
    }

    @Test
    void goesOnWhenAListenerThrows() throws Exception {
        decisions.whenDiverged(entry -> {
            throw new IllegalStateException("scripted");
        });
        decisions.whenDiverged(told::add);
        decide("1").settle(List.of(committed("local"), failed("s3")));
        assertThat(told).hasSize(1);
    }

    @Test
    void countsTheAgeOfWhatAnotherProcessLeftFromItsOwnBeginning() throws Exception {
        decide("1");
        timer.advance(Duration.ofHours(1));
        JournaledDecisions after = after(journal);
        timer.advance(Duration.ofSeconds(5));
        assertThat(after.age(journal.entries().get(0))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void countsTheAgeFromWhenTheLastTargetHadAnswered() throws Exception {
        Decision decision = decide("1");
        timer.advance(Duration.ofSeconds(120)); // a commit was given up at its deadline
        decision.settle(List.of(failed("local"), inDoubt("s3")));
        timer.advance(Duration.ofSeconds(5));
        assertThat(decisions.age(journal.entries().get(0))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void keepsWhatAnEarlierRequestCouldUndoUntilThatCannotArrive() throws Exception {
        decide("1").settle(List.of(failed("local"), inDoubt("s3")));
        decisions.whenDiverged(told::add);
        decide("2").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).as("the earlier tells what it would bring").containsExactly("1", "2");
        assertThat(told).singleElement().matches(JournalEntry::isSettled);
        assertThat(decisions.mayBeUndone(told.get(0))).isTrue();
        timer.advance(LATENESS);
        assertThat(decisions.mayBeUndone(told.get(0))).isFalse();
        decide("3").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).isEmpty();
    }

    @Test
    void countsTheTimeOfARequestFromWhenItsCallEndedAfterItWasGivenUp() throws Exception {
        decide("1").settle(List.of(failed("local"), inDoubt("s3")));
        timer.advance(LATENESS.multipliedBy(5));
        decisions.endedInDoubt(PATH, "1");
        assertThat(decisions.age(journal.entries().get(0))).isZero();
        decide("2").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("1", "2");
        timer.advance(LATENESS);
        decisions.endedInDoubt(PATH, "a repair");
        assertThat(decisions.mayBeUndone(journal.entries().get(1))).isTrue();
    }

    @Test
    void keepsWhatAnEarlierRequestMayHaveUndoneMeanwhile() throws Exception {
        decide("1").settle(List.of(failed("local"), inDoubt("s3")));
        Decision slow = decide("2");
        timer.advance(LATENESS);
        slow.settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void keepsWhatARequestCouldUndoWhoseCallHasEndedMeanwhile() throws Exception {
        decide("1").settle(List.of(failed("local"), inDoubt("s3")));
        timer.advance(LATENESS.multipliedBy(5));
        Decision slow = decide("2");
        decisions.endedInDoubt(PATH, "1");
        slow.settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void keepsWhatARequestOfAProcessThatDiedCouldUndo() throws Exception {
        decide("1");
        JournaledDecisions after = after(journal);
        after.decide(start("2", "a"), DIGEST, ATTRIBUTES).settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("1", "2");
        assertThat(after(journal).mayBeUndone(journal.entries().get(1))).isTrue();
    }

    @Test
    void keepsWhatARequestOfARepairCouldUndo() throws Exception {
        decisions.repaired(PATH, List.of(committed("s3"))); // nothing can arrive later
        decide("1").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).isEmpty();
        decisions.repaired(PATH, List.of(inDoubt("s3")));
        decide("2").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("2");
    }

    @Test
    void keepsOfWhatALaterWriteHasSupersededOnlyWhatMayArrive() throws Exception {
        decide("1").settle(List.of(committed("local"), inDoubt("s3")));
        timer.advance(LATENESS);
        decide("2").settle(List.of(committed("local"), inDoubt("s3")));
        decide("3").settle(List.of(committed("local"), failed("s3")));
        assertThat(ids()).containsExactly("2", "3");
        timer.advance(LATENESS);
        decisions.putStates(journal.entries().get(1));
        assertThat(ids()).containsExactly("3");
    }

    @Test
    void fearsNothingFromARepairOfTheSameDecision() throws Exception {
        decide("1").settle(List.of(committed("local"), failed("s3")));
        decisions.repaired(PATH, List.of(inDoubt("s3")));
        assertThat(decisions.mayBeUndone(journal.entries().get(0))).isFalse(); // it would bring what was decided
        decide("2").settle(List.of(committed("local"), committed("s3")));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void tellsListenersAlsoWhenTheJournalBreaksDown() throws Exception {
        MemoryJournal full = new MemoryJournal(3);
        Journal breaking = (Journal) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Journal.class}, (proxy, call, given) -> {
                    if (call.getName().equals("put") && !((JournalEntry) given[0]).isDecision()) {
                        throw new LinkageError("scripted");
                    }
                    return call.invoke(full, given);
                });
        JournaledDecisions over = new JournaledDecisions(breaking, Clock.fixed(SINCE, ZoneOffset.UTC), timer, LATENESS);
        over.whenDiverged(told::add);
        over.decide(start("1", "a"), DIGEST, ATTRIBUTES).settle(List.of(committed("local"), failed("s3")));
        assertThat(told).hasSize(1);
    }

    @Test
    void keepsDeletes() throws Exception {
        WriteStart start =
                new WriteStart("1", Operation.DELETE, "a", start("1", "a").targets());
        decisions.decide(start, null, ContentAttributes.NONE).settle(List.of(committed("local"), inDoubt("s3")));
        assertThat(journal.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.operation()).isEqualTo(Operation.DELETE);
            assertThat(entry.digest()).isNull();
            assertThat(entry.member("s3").reason()).isEqualTo("java.io.IOException");
        });
    }
}
