package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.CopyTransfer;
import io.parallelwrite.compare.ReadDepth;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.repair.RepairPlan.Circumstances;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * One attempt to repair one journal entry: looks, plans, does what the plan says, and notes what came of it.
 *
 * <p><b>A newer write or delete wins.</b> Whatever changes a target or the journal does so while no commit changes the path,
 * and only if the entry is still the newest of its path: a decision made since is seen, for it is made under the same lock.
 * What was looked at before that still holds then, because nothing that changed a target since has left the journal as it
 * was.
 *
 * <p>Blocks as its targets do. Not thread-safe.
 */
final class PathRepair {

    private static final DataSize CHUNK = DataSize.ofKilobytes(256);

    private final RepairParts parts;
    private final JournalEntry entry;
    private final boolean dryRun;
    private boolean copyWasWrong;
    private boolean mayBeUndone;

    PathRepair(RepairParts parts, JournalEntry entry, boolean dryRun) {
        this.parts = parts;
        this.entry = entry;
        this.dryRun = dryRun;
    }

    /** Repairs by what is proven. */
    RepairOutcome run() throws IOException {
        return run(ReadDepth.QUICK);
    }

    private RepairOutcome run(ReadDepth depth) throws IOException {
        if (parts.engine().hasUnreturnedChange(path())) { // what returns later would not be seen
            return unreturned();
        }
        boolean mayArrive = parts.mayArrive(entry); // what has returned in doubt is noted by now
        mayBeUndone = parts.decisions().mayBeUndone(entry);
        EntryCopies copies = EntryCopies.of(entry, parts.reader().inspect(path().value(), depth));
        RepairPlan plan =
                RepairPlan.of(copies, new Circumstances(mayArrive, journal().supersededBy(entry)));
        List<TargetRepair> done = carryOut(plan, copies);
        return copyWasWrong && depth == ReadDepth.QUICK // its target kept the right checksum for other bytes
                ? run(ReadDepth.FULL)
                : conclude(plan, copies, done);
    }

    private RepairOutcome unreturned() {
        return waiting(List.of(), "waits for a change that was given up at its deadline and has not returned");
    }

    /** Makes all targets equal to the copy of one of them. */
    RepairOutcome run(String source) throws IOException {
        if (parts.engine().hasUnreturnedChange(path())) {
            return unreturned();
        }
        mayBeUndone = parts.decisions().mayBeUndone(entry);
        boolean mayUndoChoice = parts.decisions().mayArrive(entry);
        EntryCopies copies = EntryCopies.of(entry, parts.reader().inspect(path().value(), ReadDepth.FULL));
        CopyAnswer.Held chosen = copies.held().stream()
                .filter(copy -> copy.target().equals(source))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "Cannot repair '" + path() + "' from '" + source + "': " + copies.description()));
        RepairPlan plan = RepairPlan.chosen(copies, chosen);
        ContentDigest digest = EntryCopies.digestOf(chosen);
        ContentAttributes attributes = copies.isGood(chosen)
                ? entry.attributes()
                : ContentAttributes.NONE.withGuessedContentType(path()); // those of the entry belong to other bytes
        if (!copies.isGood(chosen)) {
            mayBeUndone |= mayUndoChoice;
            noteChoice(source, digest, attributes);
        }
        List<TargetRepair> done = new ArrayList<>();
        for (int i = 0; i < plan.actions().size(); i++) {
            CopyAnswer found = copies.answers().get(i);
            Action action = plan.actions().get(i);
            done.add(act(found, action, () -> copy(found, source, digest, attributes)));
        }
        List<TargetRepair> left = left(done).stream()
                .filter(target -> !copies.unconfigured().contains(target.target()))
                .toList();
        return left.isEmpty() ? settled(done, plan.reason()) : waiting(done, leftReason(left));
    }

    /** From now on this is what was decided, also for a later pass if not all targets can take it now. */
    private void noteChoice(String source, ContentDigest digest, ContentAttributes attributes) throws IOException {
        List<JournalMember> members = entry.members().stream()
                .map(member -> JournalMember.of(
                        member.target(), member.target().equals(source) ? State.COMMITTED : State.IN_DOUBT))
                .toList();
        JournalEntry choice = new JournalEntry(
                entry.id(), entry.operation(), path(), digest, attributes, members, entry.since(), entry.generation());
        ifNewest(waiting(List.of(), ""), () -> {
            parts.decisions().rewritten(entry);
            journal().put(choice);
        });
    }

    private List<TargetRepair> carryOut(RepairPlan plan, EntryCopies copies) throws IOException {
        List<TargetRepair> done = new ArrayList<>();
        for (int i = 0; i < plan.actions().size(); i++) {
            CopyAnswer found = copies.answers().get(i);
            Action action = plan.actions().get(i);
            done.add(act(found, action, () -> {
                if (action == Action.DELETE) {
                    delete(found);
                } else {
                    copy(found, plan.sources());
                }
            }));
        }
        return done;
    }

    /** What is done at one target. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    private TargetRepair act(CopyAnswer found, Action action, Deed deed) throws IOException {
        IOException failure = null;
        if (action != Action.NONE && !dryRun) {
            try {
                deed.run();
            } catch (IOException ex) {
                throwIfInterrupted(ex);
                failure = ex;
            }
        }
        return new TargetRepair(found, action, failure);
    }

    private static void throwIfInterrupted(IOException ex) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw ex;
        }
    }

    private void delete(CopyAnswer found) throws IOException {
        parts.engine().deleteRepair(found.target(), UUID.randomUUID().toString(), path(), this::checkNewest);
    }

    /** Copies from the first source that can give what is expected. */
    private void copy(CopyAnswer found, List<String> sources) throws IOException {
        IOException first = null;
        for (String source : sources) {
            try {
                copy(found, source, entry.digest(), entry.attributes());
                return;
            } catch (IOException ex) {
                throwIfInterrupted(ex);
                copyWasWrong |= ex.getCause() instanceof ContentMismatchException;
                if (first == null) {
                    first = ex;
                } else {
                    first.addSuppressed(ex);
                }
                if (CopyTransfer.isDueToTarget(ex) || !isNewest()) {
                    break;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void copy(CopyAnswer found, String source, @Nullable ContentDigest digest, ContentAttributes attributes)
            throws IOException {
        TargetCalls calls = parts.calls(source);
        boolean createOnly = found instanceof CopyAnswer.Missing;
        new CopyTransfer(path(), calls, found.target(), createOnly, digest, attributes, this::checkNewest)
                .run(parts.engine(), CHUNK);
    }

    private void checkNewest() throws IOException {
        if (!isNewest()) {
            throw new IOException("the path was written or deleted again since");
        }
    }

    private boolean isNewest() {
        return journal()
                .entry(path())
                .filter(newest -> newest.id().equals(entry.id()))
                .isPresent();
    }

    private RepairOutcome conclude(RepairPlan plan, EntryCopies copies, List<TargetRepair> done) throws IOException {
        return switch (plan.verdict()) {
            case ROLL_FORWARD -> rolledForward(plan, copies, done);
            case OVERTAKEN -> settled(done, plan.reason());
            case ROLL_BACK -> rolledBack(done, plan.reason());
            case WAIT -> waiting(done, plan.reason());
            case GIVE_UP -> new RepairOutcome.GivenUp(entry, done, plan.reason());
        };
    }

    private RepairOutcome rolledForward(RepairPlan plan, EntryCopies copies, List<TargetRepair> done)
            throws IOException {
        List<TargetRepair> left = left(done);
        if (left.isEmpty()) {
            return settled(done, plan.reason());
        }
        noteStates(done);
        boolean canBeTriedAgain =
                left.stream().anyMatch(target -> !copies.unconfigured().contains(target.target()));
        return canBeTriedAgain
                ? waiting(done, leftReason(left))
                : new RepairOutcome.GivenUp(
                        entry, done, plan.reason() + ", but not all can be asked: " + RepairPlan.choice(copies));
    }

    private static List<TargetRepair> left(List<TargetRepair> done) {
        return done.stream().filter(target -> !target.done()).toList();
    }

    private static String leftReason(List<TargetRepair> left) {
        List<String> names = left.stream().map(TargetRepair::target).toList();
        return "waits for " + names;
    }

    /** What could undo this when the targets were asked may have done so since, and is looked for again. */
    private RepairOutcome settled(List<TargetRepair> done, String reason) throws IOException {
        if (mayBeUndone
                || parts.engine().hasUnreturnedChange(path())
                || parts.decisions().mayBeUndone(entry)) {
            return waiting(done, reason + ", and an earlier request that was given up may still arrive");
        }
        return ifNewest(new RepairOutcome.Settled(entry, done, reason), () -> {
            removeSuperseded();
            journal().remove(entry.id());
        });
    }

    private RepairOutcome rolledBack(List<TargetRepair> done, String reason) throws IOException {
        return ifNewest(
                new RepairOutcome.RolledBack(entry, done, reason),
                () -> journal().remove(entry.id()));
    }

    private RepairOutcome.Waiting waiting(List<TargetRepair> done, String reason) {
        return new RepairOutcome.Waiting(entry, done, reason);
    }

    /** Changes the journal, unless a decision was made since. */
    private RepairOutcome ifNewest(RepairOutcome outcome, Deed change) throws IOException {
        if (dryRun) {
            return outcome;
        }
        boolean changed = parts.engine().betweenCommits(path(), () -> {
            boolean newest = isNewest();
            if (newest) {
                change.run();
            }
            return newest;
        });
        return changed ? outcome : waiting(outcome.targets(), "was written or deleted again since");
    }

    private void removeSuperseded() throws IOException {
        for (JournalEntry earlier : journal().supersededBy(entry)) {
            journal().remove(earlier.id());
        }
    }

    /** Notes what is known by now, if it is more than before, or if what the entry supersedes cannot undo it any more. */
    private void noteStates(List<TargetRepair> done) throws IOException {
        List<JournalMember> members = new ArrayList<>();
        done.forEach(target -> members.add(member(entry.member(target.target()), target)));
        JournalEntry noted = entry.withMembers(members);
        boolean isMore = !states(noted).equals(states(entry));
        boolean canForget = !mayBeUndone && !journal().supersededBy(entry).isEmpty();
        if (!noted.isSettled() && (isMore || canForget)) {
            ifNewest(waiting(done, ""), () -> parts.decisions().putStates(noted));
        }
    }

    private static JournalMember member(JournalMember before, TargetRepair target) {
        if (target.done()) {
            return JournalMember.of(target.target(), State.COMMITTED);
        }
        IOException failure = target.failure();
        if (failure != null) {
            State state = isInDoubt(target) ? State.IN_DOUBT : State.MISSED;
            return new JournalMember(target.target(), state, failure.getMessage());
        }
        return before.state() == State.PENDING ? JournalMember.of(target.target(), State.IN_DOUBT) : before;
    }

    private static boolean isInDoubt(TargetRepair target) {
        IOException failure = target.failure();
        return failure != null && CopyTransfer.isInDoubt(failure);
    }

    private static List<State> states(JournalEntry entry) {
        return entry.members().stream().map(JournalMember::state).toList();
    }

    private TargetPath path() {
        return entry.path();
    }

    private Journal journal() {
        return parts.decisions().journal();
    }
}
