package io.parallelwrite.compare;

import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * One look at all copies of a path, by which they are compared; see {@link ParallelResourceReader#compare}.
 *
 * <p>Targets are asked, and the copies to be read opened, between two commits; reading goes on after that, from what was
 * opened. Not thread-safe.
 */
final class CopyComparison {

    private final ReaderParts parts;
    private final TargetPath path;
    private final List<CopyEvidence> copies;
    private final boolean readAll;
    private final ChecksumAlgorithm wanted;

    private CopyComparison(ReaderParts parts, TargetPath path, List<CopyEvidence> copies, boolean readAll) {
        this.parts = parts;
        this.path = path;
        this.copies = copies;
        this.readAll = readAll;
        this.wanted = readAll || contradictory() ? ChecksumAlgorithm.CRC32C : mostKept();
    }

    /** Compares, and tells listeners of a difference or agreement. */
    static Comparison compare(ReaderParts parts, TargetPath path) throws IOException {
        CopyComparison cheapest = look(parts, path, false);
        Comparison found = cheapest.compare();
        if (cheapest.differsAtUnknownByte(found)) {
            Comparison again = look(parts, path, true).compare();
            found = again instanceof Comparison.Undecided ? found : again; // a target has gone away since
        }
        if (found instanceof Comparison.Different difference) {
            parts.listeners().differed(difference);
        } else if (!(found instanceof Comparison.Undecided)) {
            parts.listeners().agreed(found);
        }
        return found;
    }

    private static CopyComparison look(ReaderParts parts, TargetPath path, boolean readAll) throws IOException {
        return parts.engine().betweenCommits(path, () -> {
            List<CopyEvidence> copies = CopyEvidence.ask(parts, path);
            CopyComparison comparison = new CopyComparison(parts, path, copies, readAll);
            CopyEvidence.open(path, comparison.toRead(), comparison.wanted);
            return comparison;
        });
    }

    private List<CopyEvidence> held() {
        return copies.stream().filter(CopyEvidence::held).toList();
    }

    /** Tells whether the copies differ by what the targets say about presence and size. */
    private boolean contradictory() {
        List<CopyEvidence> held = held();
        return (!held.isEmpty() && copies.stream().anyMatch(CopyEvidence::missing)) || sizesDiffer(held);
    }

    private static boolean sizesDiffer(List<CopyEvidence> held) {
        return held.stream()
                        .mapToLong(CopyEvidence::size)
                        .filter(size -> size >= 0)
                        .distinct()
                        .count()
                > 1;
    }

    /** Returns the algorithm in which most targets keep a checksum; of several, CRC-32C if it is among them. */
    private ChecksumAlgorithm mostKept() {
        return Arrays.stream(ChecksumAlgorithm.values()) // CRC-32C is the first, and max() takes the first of equals
                .max(Comparator.comparingLong(this::keptIn))
                .orElse(ChecksumAlgorithm.CRC32C);
    }

    private long keptIn(ChecksumAlgorithm algorithm) {
        return held().stream().filter(copy -> copy.keptAlgorithm() == algorithm).count();
    }

    private List<CopyEvidence> toRead() {
        List<CopyEvidence> held = held();
        if (readAll) {
            return held;
        }
        boolean alone = held.size() == 1 && copies.size() > 1 && !contradictory();
        return alone // with targets that cannot be asked: there is nothing to compare it with
                ? List.of()
                : held.stream().filter(copy -> copy.keptAlgorithm() != wanted).toList();
    }

    /** Reads what is open, to the end of every copy, and concludes. */
    private Comparison compare() throws IOException {
        return conclude(CopiesInStep.readToEnd(copies, parts));
    }

    private Comparison conclude(OptionalLong firstDifference) {
        boolean allRead = held().stream().allMatch(copy -> copy.read() != null);
        List<CopyAnswer> answers = new ArrayList<>();
        copies.forEach(copy -> answers.add(copy.answer(wanted)));
        return new CopyAnswers(path, answers)
                .comparison(
                        allRead ? firstDifference : OptionalLong.empty(),
                        allRead ? Strength.CONTENT : Strength.FULL_OBJECT);
    }

    private boolean differsAtUnknownByte(Comparison found) {
        return found instanceof Comparison.Different difference
                && difference.offset().isEmpty()
                && !sizesDiffer(held())
                && new CopyAnswers(path, difference.answers()).heldDiffer();
    }
}
