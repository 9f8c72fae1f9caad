package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.target.ContentDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the targets of a journal entry hold at one moment, seen with what the entry says.
 *
 * @param entry the entry
 * @param answers one for each of its targets, in its order
 * @param unconfigured the targets nobody can be asked for any more; among the answers they are unavailable
 */
record EntryCopies(JournalEntry entry, List<CopyAnswer> answers, Set<String> unconfigured) {

    /** Picks the answers of the entry's targets. */
    static EntryCopies of(JournalEntry entry, List<CopyAnswer> asked) {
        Map<String, CopyAnswer> byTarget =
                asked.stream().collect(Collectors.toMap(CopyAnswer::target, Function.identity()));
        List<CopyAnswer> answers = new ArrayList<>();
        for (JournalMember member : entry.members()) {
            String target = member.target();
            CopyAnswer answer = byTarget.get(target);
            answers.add(
                    answer != null
                            ? answer
                            : new CopyAnswer.Unavailable(
                                    target, new IOException("no target of this name is configured")));
        }
        Set<String> unconfigured = entry.members().stream()
                .map(JournalMember::target)
                .filter(target -> !byTarget.containsKey(target))
                .collect(Collectors.toSet());
        return new EntryCopies(entry, List.copyOf(answers), unconfigured);
    }

    /** Returns the copies that have the size and checksum of the entry. */
    List<CopyAnswer.Held> good() {
        return held().stream().filter(this::isGood).toList();
    }

    boolean isGood(CopyAnswer.Held copy) {
        ContentDigest digest = entry.digest();
        return digest != null && digest.equals(digestOf(copy));
    }

    /** Returns the size and checksum a copy was found with. */
    static ContentDigest digestOf(CopyAnswer.Held copy) {
        return new ContentDigest(
                copy.object().size(), Objects.requireNonNull(copy.checksum(), "an inspected copy has a checksum"));
    }

    List<CopyAnswer.Held> held() {
        return answers.stream()
                .filter(CopyAnswer.Held.class::isInstance)
                .map(CopyAnswer.Held.class::cast)
                .toList();
    }

    boolean allHold() {
        return held().size() == answers.size();
    }

    boolean someHoldsNone() {
        return answers.stream().anyMatch(CopyAnswer.Missing.class::isInstance);
    }

    boolean allAnswered() {
        return answers.stream().noneMatch(CopyAnswer.Unavailable.class::isInstance);
    }

    /** Tells whether some target could not be asked that may be asked later. */
    boolean someMayAnswerLater() {
        return answers.stream()
                .anyMatch(
                        answer -> answer instanceof CopyAnswer.Unavailable && !unconfigured.contains(answer.target()));
    }

    /** Tells whether every target answered, and all hold the same, or nothing. */
    boolean agree() {
        List<CopyAnswer.Held> held = held();
        boolean same = held.stream().map(EntryCopies::digestOf).distinct().count() <= 1;
        return allAnswered() && same && (held.isEmpty() || allHold());
    }

    /** Tells whether some target is known to have shown the change. */
    boolean wasCommitted() {
        return entry.members().stream().anyMatch(member -> member.state() == JournalMember.State.COMMITTED);
    }

    /** Says what each target holds. */
    String description() {
        return answers.stream().map(this::words).collect(Collectors.joining("; "));
    }

    private String words(CopyAnswer answer) {
        String target = "'" + answer.target() + "' ";
        if (answer instanceof CopyAnswer.Held held) {
            return target + "holds " + digestOf(held);
        }
        if (answer instanceof CopyAnswer.Missing) {
            return target + "holds no copy";
        }
        return target + (unconfigured.contains(answer.target()) ? "is not configured any more" : "could not be asked");
    }
}
