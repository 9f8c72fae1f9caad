package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.repair.TargetRepair.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be done about a journal entry, by what its targets hold. Made without touching anything.
 *
 * @param verdict what it comes to
 * @param sources the targets to copy from, any of them
 * @param actions what is to be done at each target, in the order of the answers
 * @param reason why, as the end of a sentence about the path
 */
record RepairPlan(Verdict verdict, List<String> sources, List<Action> actions, String reason) {

    /** What a plan comes to. */
    enum Verdict {
        /** What was decided is carried out where it is not, and then forgotten. */
        ROLL_FORWARD,
        /** The targets agree on something else that came later; nothing is left to be done. */
        OVERTAKEN,
        /** What was decided has become visible nowhere, and is forgotten. */
        ROLL_BACK,
        /** Not now. */
        WAIT,
        /** Somebody must choose. */
        GIVE_UP
    }

    /**
     * What a plan goes by besides the copies.
     *
     * @param mayArrive whether what was decided may still arrive at a target where it is not seen
     * @param earlier what the journal has of the path from before, which would count again
     */
    record Circumstances(boolean mayArrive, List<JournalEntry> earlier) {

        Circumstances {
            earlier = List.copyOf(earlier);
        }

        boolean hasEarlier() {
            return !earlier.isEmpty();
        }

        /** Tells whether some copy is what an earlier entry says, so that a request that came late may have brought it. */
        boolean someIsEarlier(EntryCopies copies) {
            return copies.held().stream()
                    .map(EntryCopies::digestOf)
                    .anyMatch(digest -> earlier.stream().anyMatch(entry -> digest.equals(entry.digest())));
        }
    }

    static RepairPlan of(EntryCopies copies, Circumstances circumstances) {
        return copies.entry().operation() == Operation.DELETE
                ? ofDelete(copies, circumstances)
                : ofWrite(copies, circumstances);
    }

    private static RepairPlan ofWrite(EntryCopies copies, Circumstances circumstances) {
        List<CopyAnswer.Held> good = copies.good();
        if (!good.isEmpty()) {
            List<String> sources = good.stream().map(CopyAnswer.Held::target).toList();
            return new RepairPlan(
                    Verdict.ROLL_FORWARD, sources, copyWhereNot(copies, good), "has a good copy at " + sources);
        }
        if (!copies.allAnswered()) {
            return withoutAnswer(copies);
        }
        if (circumstances.mayArrive()) {
            return nothing(copies, Verdict.WAIT, "is nowhere yet, and may still arrive");
        }
        if (!copies.wasCommitted() && (copies.agree() || circumstances.hasEarlier())) {
            return nothing(copies, Verdict.ROLL_BACK, "became visible on no target");
        }
        boolean writtenAgain = copies.agree() && copies.allHold() && !circumstances.someIsEarlier(copies);
        return writtenAgain // gone everywhere is no agreement: a disk may be unmounted that will be back
                ? nothing(copies, Verdict.OVERTAKEN, "is the same on all targets, though not what was decided")
                : nothing(copies, Verdict.GIVE_UP, "has no copy that is proven good: " + choice(copies));
    }

    /**
     * A delete is carried out once a target has begun. If none has, it was never acknowledged and may have failed: nothing is
     * deleted that its caller was told is still there.
     */
    private static RepairPlan ofDelete(EntryCopies copies, Circumstances circumstances) {
        boolean isBack =
                copies.wasCommitted() && copies.agree() && !copies.held().isEmpty();
        if (isBack) {
            return circumstances.someIsEarlier(copies)
                    ? nothing(
                            copies, Verdict.GIVE_UP, "was deleted, and is back as it was: delete it, or write it again")
                    : nothing(copies, Verdict.OVERTAKEN, "was written again on all targets since it was deleted");
        }
        if (!copies.wasCommitted() && copies.someMayAnswerLater() && !copies.someHoldsNone()) {
            return nothing(copies, Verdict.WAIT, "is not known to be deleted anywhere yet: " + copies.description());
        }
        if (!copies.wasCommitted() && copies.allHold() && (copies.agree() || circumstances.hasEarlier())) {
            return circumstances.mayArrive()
                    ? nothing(copies, Verdict.WAIT, "is deleted nowhere yet, and may still be")
                    : nothing(copies, Verdict.ROLL_BACK, "was deleted on no target");
        }
        List<Action> actions = new ArrayList<>();
        for (CopyAnswer answer : copies.answers()) {
            actions.add(answer instanceof CopyAnswer.Held ? Action.DELETE : Action.NONE);
        }
        return new RepairPlan(Verdict.ROLL_FORWARD, List.of(), actions, "was deleted");
    }

    private static RepairPlan withoutAnswer(EntryCopies copies) {
        return copies.someMayAnswerLater()
                ? nothing(copies, Verdict.WAIT, "has no copy known to be good yet: " + copies.description())
                : nothing(copies, Verdict.GIVE_UP, "has no copy that is proven good: " + choice(copies));
    }

    /** Says what each target holds, and what there is to choose. */
    static String choice(EntryCopies copies) {
        List<String> sources =
                copies.held().stream().map(copy -> "'" + copy.target() + "'").toList();
        return copies.description() + ". "
                + (sources.isEmpty()
                        ? "Write it again or delete it"
                        : "Choose a source to repair it from (" + String.join(" or ", sources)
                                + "), write it again or delete it")
                + copies.unconfigured().stream()
                        .sorted()
                        .map(target -> ", or configure '" + target + "' again")
                        .collect(Collectors.joining());
    }

    /** Makes all equal to one copy, because somebody chose it. */
    static RepairPlan chosen(EntryCopies copies, CopyAnswer.Held source) {
        List<CopyAnswer.Held> equal = copies.held().stream()
                .filter(copy -> EntryCopies.digestOf(copy).equals(EntryCopies.digestOf(source)))
                .toList();
        return new RepairPlan(
                Verdict.ROLL_FORWARD,
                List.of(source.target()),
                copyWhereNot(copies, equal),
                "is as '" + source.target() + "' holds it, because that was chosen");
    }

    private static List<Action> copyWhereNot(EntryCopies copies, List<CopyAnswer.Held> good) {
        List<Action> actions = new ArrayList<>();
        for (CopyAnswer answer : copies.answers()) {
            boolean lacks = !(answer instanceof CopyAnswer.Unavailable) && !good.contains(answer);
            actions.add(lacks ? Action.COPY : Action.NONE);
        }
        return actions;
    }

    private static RepairPlan nothing(EntryCopies copies, Verdict verdict, String reason) {
        List<Action> actions =
                copies.answers().stream().map(answer -> Action.NONE).toList();
        return new RepairPlan(verdict, List.of(), actions, reason);
    }
}
