package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.CopyTransfer;
import io.parallelwrite.compare.ReadDepth;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * One attempt to repair a path, whether or not the journal remembers it: looks, plans, and does what the plan says.
 *
 * <p><b>The journal first.</b> What it remembers is left to the {@link Repairer}: what was deleted is not brought back, and
 * no choice of a whole prefix goes against a decision.
 *
 * <p><b>Nothing newer is lost.</b> A target is changed only while no commit changes the path, and only if nothing was decided
 * about it since, the source still holds what was read, and the target what was found. Nothing is deleted for a source that
 * holds nothing at all.
 *
 * <p>Blocks as its targets do. Not thread-safe.
 */
final class CopyRepair {

    private static final DataSize CHUNK = DataSize.ofKilobytes(256);

    private final ScrubParts parts;
    private final TargetPath path;
    private final RepairOrder order;
    private final RepairOptions options;
    private boolean copyWasWrong;

    CopyRepair(ScrubParts parts, TargetPath path, RepairOrder order) {
        this.parts = parts;
        this.path = path;
        this.order = order;
        this.options = order.options();
    }

    /** Repairs one path somebody named: a source counts also against what the journal cannot prove. */
    RepairedPath run() throws IOException {
        JournalEntry entry = parts.entry(path);
        String source = options.source();
        if (entry != null && parts.repairer() != null && source != null && !options.dryRun()) {
            return RepairedPath.of(parts.repairer().repair(path.value(), source));
        }
        return run(null);
    }

    /**
     * Repairs.
     *
     * @param seen what the targets were found to hold just before, or {@code null} to look
     */
    RepairedPath run(@Nullable List<CopyAnswer> seen) throws IOException {
        if (parts.engine().hasUnreturnedChange(path)) { // asked before looking: what returns later would not be seen
            return nothing(
                    Verdict.WAITING, "waits for a change that was given up at its deadline and has not returned");
        }
        JournalEntry entry = parts.entry(path);
        if (entry != null && parts.repairer() != null) {
            return RepairedPath.of(parts.repairer().repair(entry, options.dryRun()));
        }
        return copy(seen == null ? look(ReadDepth.STAT) : seen);
    }

    private List<CopyAnswer> look(ReadDepth depth) throws IOException {
        return parts.reader().inspect(path.value(), depth);
    }

    private RepairedPath nothing(Verdict verdict, String reason) {
        return new RepairedPath(path.value(), verdict, List.of(), reason);
    }

    private RepairedPath copy(List<CopyAnswer> stated) throws IOException {
        boolean enough = RightContent.held(stated).size() <= 1; // there is nothing to compare
        RepairedPath repaired = carryOut(enough ? stated : look(ReadDepth.QUICK));
        return copyWasWrong ? carryOut(look(ReadDepth.FULL)) : repaired; // its target keeps a checksum of other bytes
    }

    private RepairedPath carryOut(List<CopyAnswer> answers) throws IOException {
        copyWasWrong = false;
        CopyPlan plan = CopyPlan.of(answers, options);
        if (plan.actions().contains(Action.DELETE) && !order.source().holdsAnything()) {
            return nothing(Verdict.REFUSED, order.source().emptiness());
        }
        List<TargetRepair> done = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            done.add(act(answers.get(i), plan.actions().get(i), plan));
        }
        List<TargetRepair> left = done.stream().filter(target -> !target.done()).toList();
        boolean unfinished = plan.verdict() == Verdict.REPAIRED && !left.isEmpty();
        return unfinished
                ? new RepairedPath(path.value(), Verdict.WAITING, done, leftReason(left))
                : new RepairedPath(path.value(), plan.verdict(), done, plan.reason());
    }

    private static String leftReason(List<TargetRepair> left) {
        return "waits for "
                + left.stream()
                        .map(target -> target.failure() == null
                                ? PathVerification.words(target.found())
                                : "'" + target.target() + "', which failed: "
                                        + target.failure().getMessage())
                        .collect(Collectors.joining("; "));
    }

    private TargetRepair act(CopyAnswer found, Action action, CopyPlan plan) throws IOException {
        IOException failure = null;
        if (action != Action.NONE && !options.dryRun()) {
            try {
                if (action == Action.DELETE) {
                    delete(found);
                } else {
                    copy(found, plan.sources());
                }
            } catch (IOException ex) {
                if (Thread.currentThread().isInterrupted()) {
                    throw ex;
                }
                failure = ex;
            }
        }
        return new TargetRepair(found, action, failure);
    }

    private void delete(CopyAnswer found) throws IOException {
        SourcePresence source = order.source();
        parts.engine().deleteRepair(found.target(), UUID.randomUUID().toString(), path, () -> {
            checkUnchanged(found);
            if (stat(source.source()).isPresent()) {
                throw new IOException("'" + source.source() + "' holds a copy by now");
            }
            if (!source.holdsAnything()) { // its disk went away since it was asked
                throw new IOException("it " + source.emptiness());
            }
        });
    }

    /** Copies from the first source that can give its copy. */
    private void copy(CopyAnswer found, List<CopyAnswer.Held> sources) throws IOException {
        IOException first = null;
        for (CopyAnswer.Held source : sources) {
            try {
                copy(found, source);
                return;
            } catch (IOException ex) {
                copyWasWrong |= ex.getCause() instanceof ContentMismatchException;
                if (first == null) {
                    first = ex;
                } else {
                    first.addSuppressed(ex);
                }
                if (CopyTransfer.isDueToTarget(ex) || Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void copy(CopyAnswer found, CopyAnswer.Held source) throws IOException {
        TargetCalls calls = parts.calls(source.target());
        boolean createOnly = found instanceof CopyAnswer.Missing;
        new CopyTransfer(
                        path,
                        calls,
                        found.target(),
                        createOnly,
                        CopyPlan.digest(source),
                        null,
                        () -> checkUnchanged(found))
                .run(parts.engine(), CHUNK);
    }

    /** Fails if something was decided about the path since, or the target does not hold what was found. */
    private void checkUnchanged(CopyAnswer found) throws IOException {
        if (parts.engine().remembers(path)) {
            throw new IOException("it has diverged meanwhile, and is left to the repair of what was decided");
        }
        if (found instanceof CopyAnswer.Held held && !isSame(held.object(), stat(found.target()))) {
            throw new IOException("the copy at '" + found.target() + "' was replaced or deleted meanwhile");
        }
    }

    private static boolean isSame(StoredObject found, Optional<StoredObject> now) {
        return now.isPresent()
                && Objects.equals(found.lastModified(), now.get().lastModified())
                && Objects.equals(found.version(), now.get().version());
    }

    private Optional<StoredObject> stat(String target) throws IOException {
        return parts.stat(target, path);
    }
}
