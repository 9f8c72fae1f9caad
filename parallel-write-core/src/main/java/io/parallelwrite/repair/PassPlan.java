package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.ListedCopies;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass does with each path.
 *
 * @param scrubber tells of what is found
 * @param parts asks and copies
 * @param settings how thoroughly
 * @param order how to repair; {@code null} to look only
 */
record PassPlan(
        Scrubber scrubber,
        ScrubParts parts,
        ScrubSettings settings,
        @Nullable RepairOrder order) {

    /**
     * What was found, and what became of it.
     *
     * @param path the path
     * @param verified {@code null} if it was being written
     * @param repaired {@code null} if nothing was to be repaired
     */
    record Handled(
            TargetPath path,
            @Nullable VerifiedPath verified,
            @Nullable RepairedPath repaired) {}

    /** Tells whether listings alone show that a path is equal, and that is enough. */
    boolean isEqualAsListed(ListedCopies.Entry entry) {
        List<CopyAnswer.Held> held = RightContent.held(entry.answers());
        return settings.depth() == VerifyDepth.QUICK
                && held.size() == entry.answers().size()
                && held.stream().allMatch(copy -> copy.object().size() >= 0)
                && held.stream().allMatch(RightContent.alike(held.get(0)))
                && parts.entry(entry.path()) == null;
    }

    /** Returns how many bytes will be read of the copies of a path, as far as listings tell. */
    long byteCount(ListedCopies.Entry entry) {
        List<CopyAnswer.Held> held = RightContent.held(entry.answers());
        long all = held.stream()
                .mapToLong(copy -> Math.max(0, copy.object().size()))
                .sum();
        long missing = (long) entry.answers().size() - held.size();
        long verifying = settings.depth() == VerifyDepth.FULL ? all : 0;
        long copying = isToChange() ? missing * all / Math.max(1, held.size()) : 0;
        return verifying + copying;
    }

    /** Verifies a path, and repairs it if it is not equal. On any thread; blocks as the targets do. */
    Handled handle(TargetPath path) throws IOException {
        PathVerification verification = new PathVerification(parts, path, settings.depth());
        try {
            VerifiedPath verified = verification.run();
            if (verified == null || order == null || verified.isEqual() || isGone(verified)) {
                return new Handled(path, verified, null);
            }
            return new Handled(path, verified, repair(verified, path, order));
        } catch (IOException ex) {
            if (Thread.currentThread().isInterrupted()) {
                throw ex;
            }
            boolean busy = verification.isUnfinished(); // begun since, and waited for in vain
            return new Handled(path, busy ? null : verification.unreadable(ex), null);
        }
    }

    /** Tells whether a path that was listed is held by nobody any more. */
    static boolean isGone(VerifiedPath verified) {
        return verified.proof() == VerifiedPath.Proof.NONE
                && verified.copies().stream().allMatch(copy -> copy.sign() == CopySign.MISSING);
    }

    private RepairedPath repair(VerifiedPath verified, TargetPath path, RepairOrder how) {
        try {
            List<CopyAnswer> seen =
                    verified.copies().stream().map(VerifiedCopy::found).toList();
            return new CopyRepair(parts, path, how).run(seen);
        } catch (IOException ex) {
            return new RepairedPath(
                    path.value(), Verdict.WAITING, List.of(), "could not be repaired: " + ex.getMessage());
        }
    }

    /** Tells who is to know of it. On the thread that runs the pass. */
    void report(Handled handled) {
        VerifiedPath verified = handled.verified();
        RepairedPath repaired = handled.repaired();
        if (repaired != null && order != null) {
            scrubber.report(repaired, order.options());
        }
        boolean ended = repaired != null && repaired.verdict() == Verdict.REPAIRED && isToChange();
        if (verified != null && !ended) {
            scrubber.report(verified);
        }
    }

    /** Tells who is to know that listings alone show a path to be equal. */
    void reportEqual(ListedCopies.Entry entry) {
        scrubber.reportEqual(VerifiedPath.agreement(entry.path().value(), entry.answers()));
    }

    private boolean isToChange() {
        return order != null && !order.options().dryRun();
    }
}
