package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.repair.TargetRepair.Action;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a path the journal does not remember, by what its targets hold and what the operator allows. Made
 * without touching anything.
 *
 * @param verdict what it comes to, if no target fails
 * @param sources copies to copy from, any of them, in the order of the targets
 * @param actions what is to be done at each target, in the order of the answers
 * @param reason why, as the end of a sentence about the path
 */
record CopyPlan(Verdict verdict, List<CopyAnswer.Held> sources, List<Action> actions, String reason) {

    /** Makes the plan; the answers of copies tell their digests, unless there is one copy only. */
    static CopyPlan of(List<CopyAnswer> answers, RepairOptions options) {
        String source = options.source();
        if (source != null) {
            return new Chooser(answers).from(source, options.deleteExtra());
        }
        return new Chooser(answers).proven(options.fillMissing());
    }

    /** Returns the size and CRC-32C of a copy, as far as they are known. */
    static @Nullable ContentDigest digest(CopyAnswer.Held copy) {
        boolean known = copy.object().size() >= 0
                && copy.checksum() != null
                && copy.checksum().algorithm() == ChecksumAlgorithm.CRC32C;
        return known ? EntryCopies.digestOf(copy) : null;
    }

    /** Chooses by what was answered. */
    private record Chooser(List<CopyAnswer> answers) {

        CopyPlan proven(boolean fillMissing) {
            List<CopyAnswer.Held> held = RightContent.held(answers);
            Optional<CopyAnswer.Held> majority = RightContent.majority(answers);
            if (majority.isPresent()) {
                return copies(majority.get(), "is held so by more than half of the targets");
            }
            if (anyUnavailable()) {
                return nothing(
                        Verdict.WAITING, "cannot be repaired as long as not all targets can be asked: " + found());
            }
            if (held.isEmpty()) {
                return nothing(Verdict.REFUSED, "is held by no target, and nothing is known of it");
            }
            CopyAnswer.Held first = held.get(0);
            if (!held.stream().allMatch(RightContent.alike(first))) {
                return nothing(Verdict.REFUSED, "has no copy that is proven good: " + found() + ". " + choice(held));
            }
            return fillMissing
                    ? copies(first, "is the same wherever it is held, and missing copies were to be filled")
                    : nothing(
                            Verdict.REFUSED,
                            "is missing, which does not prove that it should be there: " + found()
                                    + ". Have missing copies filled, or delete it. " + choice(held));
        }

        CopyPlan from(String source, boolean deleteExtra) {
            CopyAnswer answer = answers.stream()
                    .filter(candidate -> candidate.target().equals(source))
                    .findFirst()
                    .orElseThrow();
            if (answer instanceof CopyAnswer.Held copy) {
                return copy.contradictsItself()
                        ? nothing(Verdict.REFUSED, "cannot be copied from '" + source + "': " + found())
                        : copies(copy, "is as '" + source + "' holds it, because that was chosen");
            }
            if (answer instanceof CopyAnswer.Unavailable) {
                return nothing(Verdict.WAITING, "cannot be repaired from '" + source + "': " + found());
            }
            return extra(source, deleteExtra);
        }

        private CopyPlan extra(String source, boolean deleteExtra) {
            if (RightContent.held(answers).isEmpty()) {
                return anyUnavailable()
                        ? nothing(Verdict.WAITING, "is not held by '" + source + "': " + found())
                        : nothing(Verdict.REFUSED, "is held by no target, and nothing is known of it");
            }
            if (!deleteExtra) {
                return nothing(
                        Verdict.REFUSED,
                        "is extra, for '" + source + "' holds no copy: " + found()
                                + ". Have extra copies deleted, or keep"
                                + " it by repairing it from a target that holds it");
            }
            return new CopyPlan(
                    Verdict.REPAIRED,
                    List.of(),
                    actions(CopyAnswer.Held.class::isInstance, Action.DELETE),
                    "is not held by '" + source + "', and extra copies were to be deleted");
        }

        /** Has every other copy replaced that is not like this one. */
        private CopyPlan copies(CopyAnswer.Held right, String reason) {
            List<CopyAnswer.Held> good = RightContent.held(answers).stream()
                    .filter(RightContent.alike(right))
                    .toList();
            List<Action> actions = actions(
                    answer -> !(answer instanceof CopyAnswer.Unavailable) && !good.contains(answer), Action.COPY);
            return new CopyPlan(
                    actions.contains(Action.COPY) || anyUnavailable() ? Verdict.REPAIRED : Verdict.EQUAL,
                    good,
                    actions,
                    reason);
        }

        private List<Action> actions(Predicate<CopyAnswer> where, Action action) {
            return answers.stream()
                    .map(answer -> where.test(answer) ? action : Action.NONE)
                    .toList();
        }

        private CopyPlan nothing(Verdict verdict, String reason) {
            return new CopyPlan(verdict, List.of(), actions(answer -> false, Action.NONE), reason);
        }

        private boolean anyUnavailable() {
            return answers.stream().anyMatch(CopyAnswer.Unavailable.class::isInstance);
        }

        private String found() {
            return answers.stream().map(PathVerification::words).collect(Collectors.joining("; "));
        }

        private static String choice(List<CopyAnswer.Held> held) {
            return "Choose a source to repair it from ("
                    + held.stream().map(copy -> "'" + copy.target() + "'").collect(Collectors.joining(" or "))
                    + "), or write it again";
        }
    }
}
