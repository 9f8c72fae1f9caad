package io.parallelwrite.divergence;

import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.DecisionLog;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of an engine, kept in a {@link Journal}: a crash between two commits is found again, and so is what a
 * target missed.
 *
 * <p>A decision record is put before the first commit. What becomes of it:
 *
 * <ul>
 *   <li>Every target shows the change: the entry is removed, and those it supersedes before it.
 *   <li>No target shows it or may show it: the entry is removed. Those before it stay, for they still say what the path
 *       should hold.
 *   <li>Some target shows it: the states are put, and what it supersedes is removed, but for what may still arrive.
 *   <li>Every target shows it, but an earlier request of this path was given up and may still arrive: the states are put,
 *       and the entry stays until it cannot arrive any more, so that what it undoes is found.
 *   <li>No target is known to show it, but one may: the states are put. What it supersedes stays, for if the doubt turns
 *       out well for the old content, that is what the path should hold.
 * </ul>
 *
 * <p>A journal that fails then is logged at WARN and changes nothing for the write: the entry stays a decision record, and
 * its recovery finds out what the targets hold.
 *
 * <p>Called on the threads that commit; blocks as the journal does. Thread-safe.
 */
public final class JournaledDecisions implements DecisionLog {

    private static final Log log = LogFactory.getLog(JournaledDecisions.class);

    /** How many entries that are gone may be kept in mind. */
    private static final int FEW = 100;

    private final WaitingEntries waiting = new WaitingEntries();
    private final Journal journal;
    private final Clock clock;
    private final StagingLog staging;
    private final Set<String> carriedOut = ConcurrentHashMap.newKeySet();
    private final AnswerTimes answered;
    private final GivenUpRequests givenUp;
    private final List<Consumer<? super JournalEntry>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates the log.
     *
     * @param journal where decisions are kept, by this log and nobody else; not closed here
     * @param clock tells when something was decided
     * @param timer measures how long ago something was carried out; that of the engine
     * @param lateness how long after its call was given up, or has ended after that, a request may still arrive
     */
    public JournaledDecisions(Journal journal, Clock clock, DeadlineTimer timer, Duration lateness) {
        this.journal = new CountedJournal(journal, waiting);
        this.clock = clock;
        this.staging = journal.stagingLog().orElseGet(StagingLog::inMemory);
        this.answered = new AnswerTimes(timer);
        this.givenUp = new GivenUpRequests(timer, lateness);
        for (JournalEntry left : journal.entries()) { // by a process that may have sent requests until it ended
            if (left.isSettled()) {
                givenUp.noteUnknown(left.path());
            } else if (isInDoubt(left)) {
                givenUp.note(left);
            }
        }
    }

    /**
     * Puts what earlier owners had under way at targets that do not stage into the journal, where it is a divergence to be
     * looked into. Blocks as the journal does; what it cannot take is logged, and noted until the next time.
     */
    public void recallInterrupted() {
        staging.interrupted().forEach((entry, forget) -> {
            try {
                if (!keeps(entry.path(), entry.id())) {
                    log.warn("'" + entry.path() + "' may be diverged: it was being written when the process ended ("
                            + entry.id() + ")");
                    givenUp.note(entry); // the process may have sent a request until it ended
                    waiting.take(journal.put(entry)); // nobody carries it out any more
                }
                forget.run();
            } catch (IOException | RuntimeException ex) {
                log.warn("The journal could not take that '" + entry.path() + "' was being written", ex);
            }
        });
    }

    @Override
    public Runnable begin(WriteStart start, ContentAttributes attributes) {
        return staging.begun(JournalEntry.decision(start, null, attributes, clock.instant()));
    }

    @Override
    public Decision decide(WriteStart start, @Nullable ContentDigest content, ContentAttributes attributes)
            throws IOException {
        carriedOut.add(start.id()); // before the entry can be found by who repairs
        boolean kept = false;
        try {
            JournalEntry entry = put(start, content, attributes);
            kept = true;
            Set<String> late = new HashSet<>(givenUp.mayUndo(entry)); // which may arrive while this is carried out
            return outcomes -> {
                late.addAll(givenUp.mayUndo(entry)); // and those of calls that have ended meanwhile
                settle(entry, outcomes, late);
            };
        } finally {
            if (!kept) {
                carriedOut.remove(start.id());
            }
        }
    }

    private JournalEntry put(WriteStart start, @Nullable ContentDigest content, ContentAttributes attributes)
            throws IOException {
        try {
            return journal.put(JournalEntry.decision(start, content, attributes, clock.instant()));
        } catch (IllegalArgumentException ex) {
            throw new NotAppliedException("The journal cannot keep this decision: " + ex.getMessage(), ex);
        }
    }

    private void settle(JournalEntry entry, List<TargetOutcome> outcomes, Set<String> late) {
        JournalEntry settled = entry.withMembers(entry.members().stream()
                .map(member -> member(member.target(), outcomes))
                .toList());
        boolean stays = !isUndone(settled);
        answered.note(entry.id());
        if (isInDoubt(settled)) {
            givenUp.note(entry);
        }
        try {
            stays = keep(settled, late);
            forgetAnswered(settled, stays);
        } catch (IOException | RuntimeException | Error ex) { // the write has ended, and says how
            log.warn(
                    "The journal could not take what became of the " + entry.operation() + " of '" + entry.path()
                            + "' (" + entry.id() + "); the entry stays, and recovery will look at the targets",
                    ex);
            waiting.take(settled);
        } finally {
            carriedOut.remove(entry.id()); // from here on it is to be repaired
        }
        if (stays) {
            tell(settled);
        }
    }

    @Override
    public void repaired(TargetPath path, List<TargetOutcome> outcomes) {
        if (outcomes.stream().anyMatch(TargetOutcome.InDoubt.class::isInstance)) {
            journal.entry(path).ifPresentOrElse(givenUp::note, () -> givenUp.noteUnknown(path));
        }
    }

    @Override
    public void endedInDoubt(TargetPath path, String id) {
        givenUp.note(path, id);
        if (keeps(path, id)) {
            answered.note(id);
        }
    }

    private boolean keeps(TargetPath path, String id) {
        return journal.entries(path).stream().anyMatch(entry -> entry.id().equals(id));
    }

    private void forgetAnswered(JournalEntry settled, boolean stays) {
        if (!stays) {
            answered.forget(settled.id());
        } else if (answered.size() > 2 * journal.size() + FEW) { // repaired since
            Set<String> kept = journal.entries().stream().map(JournalEntry::id).collect(Collectors.toSet());
            answered.forgetIf(id -> !kept.contains(id) && !carriedOut.contains(id));
        }
    }

    private static JournalMember member(String target, List<TargetOutcome> outcomes) {
        for (TargetOutcome outcome : outcomes) {
            if (outcome.target().equals(target)) {
                return JournalMember.after(outcome);
            }
        }
        return JournalMember.of(target, State.MISSED);
    }

    /** Returns whether the entry stays. */
    private boolean keep(JournalEntry settled, Set<String> late) throws IOException {
        if (isUndone(settled)) {
            journal.remove(settled.id());
            return false;
        }
        if (settled.isSettled() && late.isEmpty()) {
            removeAll(journal.supersededBy(settled));
            journal.remove(settled.id());
            return false;
        }
        putStates(settled, late);
        return true;
    }

    /**
     * Tells whether a request of another write, delete or repair of the path that was given up may still arrive at a target,
     * or one of a process that has died. It could undo this one, which is not to be forgotten before.
     *
     * @param entry an entry of the journal
     * @return {@code false} if what the targets show now is what they will show
     */
    public boolean mayBeUndone(JournalEntry entry) {
        return !givenUp.mayUndo(entry).isEmpty();
    }

    /**
     * Tells whether a request of an entry itself that was given up may still arrive.
     *
     * @param entry an entry of the journal
     * @return {@code false} if all targets have said by now what became of it, or will not change any more
     */
    public boolean mayArrive(JournalEntry entry) {
        return givenUp.mayArrive(entry);
    }

    /**
     * Notes that an entry is about to say something else than before, because somebody chose: a request of it that may still
     * arrive brings what it said before, and would undo that.
     *
     * @param entry the entry as it was
     */
    public void rewritten(JournalEntry entry) {
        if (mayArrive(entry)) {
            givenUp.noteUnknown(entry.path());
        }
    }

    /**
     * Puts what is known of the targets of an entry. If one of them shows the change, what it supersedes is removed, but for
     * what may still arrive: it would tell whose content that is.
     *
     * @param entry the newest entry of its path, with its states; while no commit changes the path
     * @throws IOException if the journal fails
     */
    public void putStates(JournalEntry entry) throws IOException {
        putStates(entry, givenUp.mayUndo(entry));
    }

    private void putStates(JournalEntry entry, Set<String> late) throws IOException {
        journal.put(entry);
        if (states(entry).contains(State.COMMITTED)) {
            removeAll(journal.supersededBy(entry).stream()
                    .filter(earlier -> !late.contains(earlier.id()))
                    .toList());
        }
    }

    private void removeAll(List<JournalEntry> entries) throws IOException {
        for (JournalEntry entry : entries) {
            journal.remove(entry.id());
        }
    }

    private static boolean isInDoubt(JournalEntry entry) {
        Set<State> states = states(entry);
        return states.contains(State.PENDING) || states.contains(State.IN_DOUBT);
    }

    private static boolean isUndone(JournalEntry settled) {
        return states(settled).equals(Set.of(State.MISSED));
    }

    private static Set<State> states(JournalEntry entry) {
        return entry.members().stream().map(JournalMember::state).collect(Collectors.toSet());
    }

    private void tell(JournalEntry diverged) {
        for (Consumer<? super JournalEntry> listener : listeners) {
            try {
                listener.accept(diverged);
            } catch (RuntimeException | Error ex) { // what it was told has happened
                log.warn("A listener failed for '" + diverged.path() + "'; nothing else is affected", ex);
            }
        }
    }

    /**
     * Adds who is told of every write or delete that left a divergence behind.
     *
     * @param listener called with the states as they are known, on the thread that committed and while the path is locked:
     *     it must be quick, and not use the engine
     */
    public void whenDiverged(Consumer<? super JournalEntry> listener) {
        listeners.add(listener);
    }

    /**
     * Tells whether a write or delete is between its decision and its last commit.
     *
     * @param id its token
     * @return {@code true} if its entry is not to be repaired, because its targets are still being told
     */
    public boolean isBeingCarriedOut(String id) {
        return carriedOut.contains(id);
    }

    /** Tells how many entries of the journal wait for a target: those in which it is not known to show the change. */
    @Override
    public int waitingCount(String target) {
        return waiting.count(target);
    }

    @Override
    public void whenWaitingChanges(Consumer<? super String> listener) {
        waiting.addListener(listener);
    }

    /** Tells whether the journal has an entry of a path. */
    @Override
    public boolean remembers(TargetPath path) {
        return journal.entry(path).isPresent();
    }

    /**
     * Returns how long ago something was carried out as far as it was: since the last target had answered or was given up,
     * or if that is not known, as after a crash, since this log was created. The wall clock does not count: it may be set.
     *
     * @param entry an entry of the journal
     * @return not negative
     */
    public Duration age(JournalEntry entry) {
        return answered.age(entry.id());
    }

    /**
     * Returns the notes of what targets stage.
     *
     * @return those of the journal; in memory if it keeps none
     */
    public StagingLog stagingLog() {
        return staging;
    }

    /**
     * Returns where decisions are kept. What is put and removed there counts for {@link #waitingCount}.
     *
     * @return the journal
     */
    public Journal journal() {
        return journal;
    }
}
