package io.parallelwrite.repair;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournaledDecisions;
import io.parallelwrite.outcome.ListenerList;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.TargetStateListener;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.ShownText;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Makes diverged targets equal again, by what was decided about their path.
 *
 * <ul>
 *   <li>A copy is good if it has the size and the CRC-32C of the journal entry. A write is copied from a good copy to every
 *       target of the entry that holds another or none, with the attributes it was written with; what is read is checked
 *       again on the way.
 *   <li>A delete that some target has carried out is carried out where a copy is still held. It is never undone.
 *   <li>A write or delete that no target shows, and none ever did, is forgotten: it was not acknowledged.
 *   <li>Targets that agree on something else, although one of them did show the change, were changed from outside; that is
 *       left as it is.
 *   <li>Else somebody must choose.
 * </ul>
 *
 * <p>The newest entry of a path counts. One that is being carried out is left alone, and a write or delete that is decided
 * while a repair is under way wins. A path is repaired once at a time.
 *
 * <p>All methods run on the calling thread and block it, until the targets have answered or their deadlines have passed; an
 * interrupt ends them. Thread-safe.
 */
public final class Repairer {

    private static final Log log = LogFactory.getLog(Repairer.class);

    /** Enough for what five targets hold. */
    private static final int SHOWN_CHARACTERS = 2_000;

    /** How many entries that are gone may be kept in mind. */
    private static final int FEW = 100;

    private final RepairParts parts;
    private final List<RepairListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<TargetPath> repairing = ConcurrentHashMap.newKeySet();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

    /**
     * Creates a repairer.
     *
     * @param engine the engine whose decisions are kept
     * @param reader a reader of the same targets
     * @param decisions the decision log the engine was created with
     * @param settings how divergences are repaired
     */
    public Repairer(
            WriteEngine engine, ParallelResourceReader reader, JournaledDecisions decisions, RepairSettings settings) {
        this.parts = new RepairParts(engine, reader, decisions, settings);
    }

    /**
     * Adds a listener.
     *
     * @param listener called in the order listeners were added
     */
    public void addListener(RepairListener listener) {
        listeners.add(listener);
    }

    /**
     * Repairs the path of an entry.
     *
     * @param entry an entry; if its path has a newer one by now, that is repaired
     * @return what became of it; settled if the path has no entry any more
     * @throws IOException if the thread was interrupted, commits of the path did not end in time, or the journal failed; to
     *     try again is harmless
     */
    public RepairOutcome repair(JournalEntry entry) throws IOException {
        return repair(entry, false);
    }

    /** Repairs the path of an entry, or looks and changes nothing. */
    RepairOutcome repair(JournalEntry entry, boolean dryRun) throws IOException {
        JournalEntry newest = journal().entry(entry.path()).orElse(null);
        if (newest == null) {
            return new RepairOutcome.Settled(entry, List.of(), "is in the journal no more");
        }
        Attempt attempt = current -> new PathRepair(parts, current, dryRun).run();
        return dryRun ? alone(newest, attempt) : repair(newest, attempt);
    }

    /**
     * Repairs one path.
     *
     * @param path the relative path, the same on every target
     * @param dryRun {@code true} to look and change nothing
     * @return what became of it, or would
     * @throws IllegalArgumentException if the journal has no entry of the path
     * @throws IOException if the thread was interrupted, commits of the path did not end in time, or the journal failed; to
     *     try again is harmless
     */
    public RepairOutcome repair(String path, boolean dryRun) throws IOException {
        return repair(newest(path), dryRun);
    }

    /**
     * Repairs one path from the copy of one target, whether or not that is proven good: because somebody who knows it chose
     * it. Targets of the entry that are not configured any more are given up.
     *
     * @param path the relative path, the same on every target
     * @param source the name of the target whose copy is right
     * @return what became of it; if it is waiting, it is to be called again
     * @throws IllegalArgumentException if the journal has no entry of the path, there is no target of that name among those
     *     of the entry, or the path was deleted: what was deleted is brought back by writing it
     * @throws IOException if that target holds no copy or cannot be asked; or as for {@link #repair(String, boolean)}
     */
    public RepairOutcome repair(String path, String source) throws IOException {
        JournalEntry newest = newest(path);
        List<String> known = parts.engine().calls().stream()
                .map(calls -> calls.target().name())
                .filter(name -> newest.members().stream()
                        .anyMatch(member -> member.target().equals(name)))
                .toList();
        if (!known.contains(source)) {
            throw new IllegalArgumentException(
                    "There is no target '" + source + "' to repair '" + newest.path() + "' from, only " + known);
        }
        if (newest.operation() == Operation.DELETE) {
            throw new IllegalArgumentException("'" + newest.path()
                    + "' was deleted, and a repair brings nothing back that was; to have it again, write it");
        }
        return repair(newest, current -> new PathRepair(parts, current, false).run(source));
    }

    private JournalEntry newest(String path) {
        TargetPath target = TargetPath.of(path);
        return journal()
                .entry(target)
                .orElseThrow(() -> new IllegalArgumentException("The journal has no entry of '" + target
                        + "': it is not known to be diverged. Compare its copies to be sure"));
    }

    /** A repair that has not begun. */
    @FunctionalInterface
    private interface Attempt {
        RepairOutcome run(JournalEntry current) throws IOException;
    }

    private RepairOutcome repair(JournalEntry entry, Attempt attempt) throws IOException {
        RepairOutcome outcome = alone(entry, attempt);
        report(outcome);
        return outcome;
    }

    private RepairOutcome alone(JournalEntry entry, Attempt attempt) throws IOException {
        if (parts.decisions().isBeingCarriedOut(entry.id())) {
            return new RepairOutcome.Waiting(entry, List.of(), "is being written or deleted");
        }
        if (!repairing.add(entry.path())) {
            return new RepairOutcome.Waiting(entry, List.of(), "is being repaired");
        }
        try {
            JournalEntry current = journal().entry(entry.path()).orElse(null); // as it was left by who carried it out
            return current == null || !current.id().equals(entry.id())
                    ? new RepairOutcome.Waiting(entry, List.of(), "was written, deleted or repaired just now")
                    : attempt.run(current);
        } finally {
            repairing.remove(entry.path());
        }
    }

    private void report(RepairOutcome outcome) {
        String path = outcome.entry().path().value();
        String text = "'" + path + "' " + ShownText.of(outcome.reason(), SHOWN_CHARACTERS) + " ("
                + outcome.entry().id() + ")";
        if (outcome instanceof RepairOutcome.Settled settled) {
            givenUp.remove(outcome.entry().id());
            log.info("Repaired: " + text);
            tell(path, listener -> listener.repaired(settled));
        } else if (outcome instanceof RepairOutcome.RolledBack rolledBack) {
            givenUp.remove(outcome.entry().id());
            log.info("Rolled back: " + text);
            tell(path, listener -> listener.rolledBack(rolledBack));
        } else if (outcome instanceof RepairOutcome.Waiting) {
            log.debug("Not repaired yet: " + text);
        } else if (outcome instanceof RepairOutcome.GivenUp gaveUp && isNew(gaveUp)) {
            log.warn("Not to be repaired without help: " + text);
            tell(path, listener -> listener.givenUp(gaveUp));
        }
    }

    private boolean isNew(RepairOutcome.GivenUp gaveUp) {
        if (givenUp.size() > 2 * journal().size() + FEW) { // written or deleted again since
            givenUp.retainAll(journal().entries().stream().map(JournalEntry::id).collect(Collectors.toSet()));
        }
        return givenUp.add(gaveUp.entry().id());
    }

    private void tell(String path, Consumer<RepairListener> call) {
        new ListenerList<>(listeners).tell(path, call);
    }

    /**
     * Returns the journal whose entries are repaired.
     *
     * @return where the decisions are kept
     */
    public Journal journal() {
        return parts.decisions().journal();
    }

    JournaledDecisions decisions() {
        return parts.decisions();
    }

    RepairSettings settings() {
        return parts.settings();
    }

    /** Tells whether nothing can be done about an entry, because all targets it waits for are out. */
    boolean waitsForTargetsThatAreOut(JournalEntry entry) {
        if (decisions().mayBeUndone(entry) || !journal().supersededBy(entry).isEmpty()) {
            return false; // a late request may have changed the others
        }
        List<JournalMember> missing = entry.members().stream()
                .filter(member -> member.state() != JournalMember.State.COMMITTED)
                .toList(); // none, if it stays only as long as an earlier request may arrive
        return !missing.isEmpty()
                && missing.stream().allMatch(member -> parts.engine().states().isOut(member.target()));
    }

    /** Adds who hears of targets that are taken out and come back. */
    void whenTargetsChange(TargetStateListener listener) {
        parts.engine().states().addListener(listener);
    }

    DeadlineTimer timer() {
        return parts.engine().timer();
    }
}
