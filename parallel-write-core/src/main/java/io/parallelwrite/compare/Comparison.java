package io.parallelwrite.compare;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.Strength;
import java.util.List;
import java.util.OptionalLong;

/** What the copies of one path are to each other. */
public sealed interface Comparison {

    /**
     * Returns the path.
     *
     * @return the normalised path
     */
    String path();

    /**
     * Returns what every target said.
     *
     * @return one answer for each target, in the order of reads
     */
    List<CopyAnswer> answers();

    /**
     * Returns the targets whose copy has a checksum, as on a receipt.
     *
     * @param receipt the checksum the object had when it was written
     * @return the names of the targets that are known to hold just that; a copy whose checksum of that algorithm is not
     *     known is not among them
     */
    default List<String> targetsHolding(Checksum receipt) {
        return answers().stream()
                .filter(answer -> answer instanceof CopyAnswer.Held held && receipt.equals(held.checksum()))
                .map(CopyAnswer::target)
                .toList();
    }

    /**
     * Every target holds the same.
     *
     * @param path the path
     * @param answers all {@link CopyAnswer.Held}
     * @param strength how much was compared
     */
    record Equal(String path, List<CopyAnswer> answers, Strength strength) implements Comparison {

        /** Copies the list. */
        public Equal {
            answers = List.copyOf(answers);
        }
    }

    /**
     * No target holds anything.
     *
     * @param path the path
     * @param answers all {@link CopyAnswer.Missing}
     */
    record Absent(String path, List<CopyAnswer> answers) implements Comparison {

        /** Copies the list. */
        public Absent {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Some targets hold a copy and others none, the copies differ, or a copy is not what its own target says of it.
     *
     * @param path the path
     * @param answers at least two of which contradict each other, or one of which contradicts itself
     * @param offset the first byte at which copies differ, or the size of the shorter one; empty if that was not looked for
     * @param minority the names of the targets that contradict more than half of all; empty if there is no such majority
     * @param description who said what, as a sentence
     */
    record Different(
            String path, List<CopyAnswer> answers, OptionalLong offset, List<String> minority, String description)
            implements Comparison {

        /** Copies the lists. */
        public Different {
            answers = List.copyOf(answers);
            minority = List.copyOf(minority);
        }
    }

    /**
     * What could be asked does not differ, but not every target could be.
     *
     * @param path the path
     * @param answers at least one of which is {@link CopyAnswer.Unavailable}
     */
    record Undecided(String path, List<CopyAnswer> answers) implements Comparison {

        /** Copies the list. */
        public Undecided {
            answers = List.copyOf(answers);
        }
    }
}
