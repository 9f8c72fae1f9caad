package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.ATTRIBUTES;
import static io.parallelwrite.divergence.JournalEntries.DIGEST;
import static io.parallelwrite.divergence.JournalEntries.SINCE;
import static io.parallelwrite.divergence.JournalEntries.missed;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStart.Participant;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.target.Receipt;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many entries of the journal wait for each target. */
class WaitingEntriesTests {

    private static final WriteStart START = new WriteStart(
            "w", Operation.WRITE, "a", List.of(new Participant("local", "file"), new Participant("s3", "s3")));
    private static final TargetOutcome COMMITTED =
            new TargetOutcome.Committed("local", "file", Duration.ZERO, Receipt.UNKNOWN);
    private static final TargetOutcome FAILED =
            new TargetOutcome.Failed("s3", "s3", Duration.ZERO, Phase.COMMIT, 0, new IOException("away"), null);

    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> told = new ArrayList<>();

    private JournaledDecisions decisions() {
        JournaledDecisions decisions =
                new JournaledDecisions(journal, Clock.fixed(SINCE, ZoneOffset.UTC), new ManualTimer(), Duration.ZERO);
        decisions.whenWaitingChanges(told::add);
        return decisions;
    }

    @Test
    void countsWhatATargetMissed() throws Exception {
        JournaledDecisions decisions = decisions();
        decisions.decide(START, DIGEST, ATTRIBUTES).settle(List.of(COMMITTED, FAILED));
        assertThat(decisions.waitingCount("s3")).isOne();
        assertThat(decisions.waitingCount("local")).isZero();
        assertThat(told).containsExactly("s3");
    }

    @Test
    void doesNotCountWhatIsBeingCarriedOut() throws Exception {
        JournaledDecisions decisions = decisions();
        decisions.decide(START, DIGEST, ATTRIBUTES);
        assertThat(decisions.waitingCount("s3")).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void countsForAllTargetsADecisionThatACrashLeft() throws Exception {
        journal.put(JournalEntries.write("w", "a"));
        JournaledDecisions decisions = decisions();
        assertThat(decisions.waitingCount("s3")).isOne();
        assertThat(decisions.waitingCount("local")).isOne();
    }

    @Test
    void countsAnEntryOnceHoweverOftenItIsPut() throws Exception {
        JournaledDecisions decisions = decisions();
        decisions.journal().put(missed(JournalEntries.write("w", "a")));
        decisions.journal().put(missed(JournalEntries.write("w", "a")));
        assertThat(decisions.waitingCount("s3")).isOne();
    }

    @Test
    void tellsWhenNothingWaitsAnyMoreAndNotBefore() throws Exception {
        JournaledDecisions decisions = decisions();
        decisions.journal().put(missed(JournalEntries.write("v", "a")));
        decisions.journal().put(missed(JournalEntries.write("w", "b")));
        told.clear();
        decisions.journal().remove("v");
        assertThat(told).isEmpty();
        decisions.journal().remove("w");
        decisions.journal().remove("w");
        assertThat(told).containsExactly("s3");
        assertThat(decisions.waitingCount("s3")).isZero();
    }

    @Test
    void countsWhatTheJournalCouldNotTake() throws Exception {
        JournaledDecisions decisions = decisions();
        var decision = decisions.decide(START, DIGEST, ATTRIBUTES);
        journal.close();
        decision.settle(List.of(COMMITTED, FAILED));
        assertThat(decisions.waitingCount("s3")).isOne();
    }
}
