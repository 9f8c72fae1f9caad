package io.parallelwrite.repair;

import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.repair.VerifiedPath.Proof;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a path should hold, as far as that is known.
 *
 * @param proof how it is known
 * @param known whether it is
 * @param copy what every copy should be like; {@code null} if there should be none, or it is not known
 */
record RightContent(Proof proof, boolean known, CopyAnswer.@Nullable Held copy) {

    private static final RightContent UNKNOWN = new RightContent(Proof.NONE, false, null);

    /** Finds out what a path should hold: by the journal, else by the majority, else not at all. */
    static RightContent of(List<CopyAnswer> answers, @Nullable JournalEntry entry) {
        if (entry != null) {
            return decided(entry);
        }
        return majority(answers)
                .map(copy -> new RightContent(Proof.MAJORITY, true, copy))
                .orElse(UNKNOWN);
    }

    private static RightContent decided(JournalEntry entry) {
        if (entry.operation() == Operation.DELETE) {
            return new RightContent(Proof.JOURNAL, true, null);
        }
        ContentDigest digest = entry.digest();
        return digest == null ? UNKNOWN : new RightContent(Proof.JOURNAL, true, like(digest));
    }

    private static CopyAnswer.Held like(ContentDigest digest) {
        return new CopyAnswer.Held(
                "journal", new StoredObject(digest.size(), null, digest.checksum(), null), digest.checksum());
    }

    /**
     * Returns a copy that more than half of all targets hold. Where not all checksums are known a copy may fit to several that
     * contradict each other; then there is no majority.
     */
    static Optional<CopyAnswer.Held> majority(List<CopyAnswer> answers) {
        List<CopyAnswer.Held> held = held(answers);
        Set<List<CopyAnswer.Held>> majorities = held.stream()
                .map(one -> held.stream().filter(alike(one)).toList())
                .filter(alike -> alike.size() * 2 > answers.size())
                .collect(Collectors.toSet());
        return majorities.size() == 1
                ? Optional.of(mostKnown(majorities.iterator().next()))
                : Optional.empty();
    }

    /** Returns the one with a checksum, if there is one: it tells more. */
    private static CopyAnswer.Held mostKnown(List<CopyAnswer.Held> alike) {
        return alike.stream()
                .filter(copy -> copy.checksum() != null)
                .findFirst()
                .orElse(alike.get(0));
    }

    /** Tells of copies whether they can be the same as one, and are what their targets say of them. */
    static Predicate<CopyAnswer.Held> alike(CopyAnswer.Held one) {
        return copy -> !copy.contradictsItself() && !one.contradictsItself() && !copy.contradicts(one);
    }

    static List<CopyAnswer.Held> held(List<CopyAnswer> answers) {
        return answers.stream()
                .filter(CopyAnswer.Held.class::isInstance)
                .map(CopyAnswer.Held.class::cast)
                .toList();
    }

    /** Returns the sign of one of the answers this was found out from. */
    CopySign sign(CopyAnswer answer, List<CopyAnswer> all) {
        if (answer instanceof CopyAnswer.Held one) {
            return sign(one, held(all));
        }
        if (answer instanceof CopyAnswer.Unavailable) {
            return CopySign.UNREADABLE;
        }
        return known && copy == null ? CopySign.EQUAL : CopySign.MISSING;
    }

    private CopySign sign(CopyAnswer.Held one, List<CopyAnswer.Held> all) {
        if (known && copy == null) {
            return CopySign.EXTRA;
        }
        boolean same = copy == null ? agree(all) : alike(copy).test(one);
        return same ? CopySign.EQUAL : CopySign.DIFFERS;
    }

    /** Tells whether no copy contradicts another: else nobody can tell which is right, and so none is. */
    private static boolean agree(List<CopyAnswer.Held> all) {
        return all.stream().allMatch(one -> all.stream().allMatch(alike(one)));
    }
}
