package io.parallelwrite.repair;

import java.util.List;

/**
 * What became of the repair of one path. In a dry run: what would, if no target failed.
 *
 * @param path the normalised path
 * @param verdict what it came to
 * @param targets what was found and done at each target; empty if no target was asked
 * @param reason why, as the end of a sentence about the path; where something is refused, with what there is to choose
 */
public record RepairedPath(String path, Verdict verdict, List<TargetRepair> targets, String reason) {

    /** What a repair comes to. */
    public enum Verdict {
        /** Nothing was to be done. */
        EQUAL,
        /** All targets are as they should be by now. */
        REPAIRED,
        /** Nothing was changed, because nothing proves what is right; somebody must choose. */
        REFUSED,
        /** A target could not be asked or written, or something else is under way; to try again later may help. */
        WAITING
    }

    /** Copies the list. */
    public RepairedPath {
        targets = List.copyOf(targets);
    }

    static RepairedPath of(RepairOutcome outcome) {
        Verdict verdict = Verdict.REPAIRED;
        if (outcome instanceof RepairOutcome.Waiting) {
            verdict = Verdict.WAITING;
        } else if (outcome instanceof RepairOutcome.GivenUp) {
            verdict = Verdict.REFUSED;
        }
        return new RepairedPath(outcome.entry().path().value(), verdict, outcome.targets(), outcome.reason());
    }
}
