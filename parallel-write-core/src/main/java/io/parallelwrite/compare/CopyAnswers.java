package io.parallelwrite.compare;

import io.parallelwrite.outcome.AnswerGroups;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What all targets said about one path, put side by side.
 *
 * @param path the path
 * @param all one answer for each target, in the order of reads
 */
record CopyAnswers(TargetPath path, List<CopyAnswer> all) {

    CopyAnswers {
        all = List.copyOf(all);
    }

    /** Returns the answer of a target that failed, which a {@link FileNotFoundException} is not. */
    static CopyAnswer failed(String target, IOException failure) {
        return failure instanceof FileNotFoundException
                ? new CopyAnswer.Missing(target)
                : new CopyAnswer.Unavailable(target, failure);
    }

    /** Returns what the copies are to each other, if those that do not differ were compared that thoroughly. */
    Comparison comparison(OptionalLong firstDifference, Strength strength) {
        if (firstDifference.isPresent() || differ()) {
            return difference(firstDifference);
        }
        if (!unavailable().isEmpty()) {
            return new Comparison.Undecided(path.value(), all);
        }
        return nobodyHolds()
                ? new Comparison.Absent(path.value(), all)
                : new Comparison.Equal(path.value(), all, strength);
    }

    /** Tells whether every target was asked and holds no copy. */
    boolean nobodyHolds() {
        return all.stream().allMatch(CopyAnswer.Missing.class::isInstance);
    }

    List<CopyAnswer.Held> held() {
        return all.stream()
                .filter(CopyAnswer.Held.class::isInstance)
                .map(CopyAnswer.Held.class::cast)
                .toList();
    }

    List<CopyAnswer.Unavailable> unavailable() {
        return all.stream()
                .filter(CopyAnswer.Unavailable.class::isInstance)
                .map(CopyAnswer.Unavailable.class::cast)
                .toList();
    }

    /** Tells whether what some say cannot be true together with what others, or they themselves, say. */
    boolean differ() {
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (contradict(all.get(i), all.get(j))) {
                    return true;
                }
            }
            if (all.get(i) instanceof CopyAnswer.Held held && held.contradictsItself()) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether every target that holds a copy told its size. */
    boolean sizesKnown() {
        return held().stream().allMatch(copy -> copy.object().size() >= 0);
    }

    /** Tells whether the copies that are held differ, whoever else lacks one. */
    boolean heldDiffer() {
        return new CopyAnswers(path, List.copyOf(held())).differ();
    }

    private static boolean contradict(CopyAnswer a, CopyAnswer b) {
        if (a instanceof CopyAnswer.Unavailable || b instanceof CopyAnswer.Unavailable) {
            return false;
        }
        if (a instanceof CopyAnswer.Held one && b instanceof CopyAnswer.Held other) {
            return one.contradicts(other);
        }
        return a instanceof CopyAnswer.Held || b instanceof CopyAnswer.Held;
    }

    Comparison.Different difference(OptionalLong firstDifference) {
        List<CopyAnswer> given = all.stream()
                .filter(answer -> !(answer instanceof CopyAnswer.Unavailable))
                .toList();
        AnswerGroups groups = AnswerGroups.of(
                quoted(given.stream().map(CopyAnswer::target).toList()),
                given,
                (a, b) -> !contradict(a, b),
                CopyAnswers::words);
        String description = groups.sentenceWithMinority(all.size());
        if (firstDifference.isPresent()) {
            description += "; the first difference is at byte " + firstDifference.getAsLong();
        }
        if (given.size() < all.size()) {
            description += "; " + failures(unavailable());
        }
        return new Comparison.Different(
                path.value(), all, firstDifference, unquoted(groups.minority(all.size())), description);
    }

    private static String words(CopyAnswer answer) {
        if (!(answer instanceof CopyAnswer.Held held)) {
            return "had no copy";
        }
        long size = held.object().size();
        String words = size < 0 ? "had a copy" : "had " + size + (size == 1 ? " byte" : " bytes");
        if (held.checksum() != null) {
            words += " with " + held.checksum();
        }
        return held.contradictsItself() ? words + ", and kept " + held.object().checksum() + " for them" : words;
    }

    /** Returns the failure of what cannot be done without these targets; the first is its cause, the rest suppressed. */
    static IOException failure(String what, List<CopyAnswer.Unavailable> without) {
        IOException failure =
                new IOException(what + ": " + failures(without), without.get(0).cause());
        without.stream().skip(1).forEach(other -> failure.addSuppressed(other.cause()));
        return failure;
    }

    private static String failures(List<CopyAnswer.Unavailable> unavailable) {
        return unavailable.stream()
                .map(one -> "'" + one.target() + "' failed: " + text(one.cause()))
                .collect(Collectors.joining("; "));
    }

    private static String text(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    static List<String> quoted(List<String> targets) {
        return targets.stream().map(target -> "'" + target + "'").toList();
    }

    static List<String> unquoted(List<String> targets) {
        return targets.stream()
                .map(target -> target.substring(1, target.length() - 1))
                .toList();
    }
}
