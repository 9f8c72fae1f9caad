package io.parallelwrite.repair;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.Strength;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * All copies of one path, verified.
 *
 * @param path the normalised path
 * @param copies one for each target, in the order of the targets
 * @param proof how it is known what the path should hold
 * @param description what each target says, as the end of a sentence about the path
 */
public record VerifiedPath(String path, List<VerifiedCopy> copies, Proof proof, String description) {

    /** How it is known what a path should hold. */
    public enum Proof {
        /** The journal remembers what was decided. */
        JOURNAL,
        /** More than half of all targets hold the same. */
        MAJORITY,
        /** It is not known: the copies are only compared with each other. */
        NONE
    }

    /** Copies the list. */
    public VerifiedPath {
        copies = List.copyOf(copies);
    }

    /**
     * Tells whether every copy is as it should be.
     *
     * @return {@code true} if all signs are {@link CopySign#EQUAL}
     */
    public boolean isEqual() {
        return copies.stream().allMatch(copy -> copy.sign() == CopySign.EQUAL);
    }

    /**
     * Tells whether copies are known to be other than they should be, and not only that one could not be asked.
     *
     * @return {@code true} if a sign is {@link CopySign#EXTRA}, {@link CopySign#MISSING} or {@link CopySign#DIFFERS}
     */
    public boolean isDiverged() {
        return !targetsThatDiverge().isEmpty();
    }

    /**
     * Returns the signs of all targets as text.
     *
     * @return one character for each, in the order of the targets, as in {@code =-}
     */
    public String signs() {
        return copies.stream().map(copy -> String.valueOf(copy.sign().symbol())).collect(Collectors.joining());
    }

    private List<String> targetsThatDiverge() {
        return copies.stream()
                .filter(copy -> copy.sign() != CopySign.EQUAL && copy.sign() != CopySign.UNREADABLE)
                .map(VerifiedCopy::target)
                .toList();
    }

    /** Tells whether no target holds a copy, and all could be asked. */
    boolean isAbsent() {
        return copies.stream().allMatch(copy -> copy.found() instanceof CopyAnswer.Missing);
    }

    /** Returns what reads and comparisons say when they find all copies equal, or none. */
    Comparison agreement() {
        return isAbsent() ? new Comparison.Absent(path, found()) : agreement(path, found());
    }

    /** Returns what is said of copies that are equal as far as is known of them. */
    static Comparison agreement(String path, List<CopyAnswer> equal) {
        boolean proven = equal.stream()
                .allMatch(answer -> answer instanceof CopyAnswer.Held held
                        && held.checksum() != null
                        && held.checksum().algorithm() == ChecksumAlgorithm.CRC32C);
        return new Comparison.Equal(path, equal, proven ? Strength.FULL_OBJECT : Strength.SIZE_ONLY);
    }

    private List<CopyAnswer> found() {
        return copies.stream().map(VerifiedCopy::found).toList();
    }

    /** Returns what reads and comparisons say when they find this. */
    Comparison.Different difference() {
        return new Comparison.Different(
                path,
                found(),
                OptionalLong.empty(),
                proof == Proof.NONE ? List.of() : targetsThatDiverge(),
                description);
    }
}
