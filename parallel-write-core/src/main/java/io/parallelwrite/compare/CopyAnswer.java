package io.parallelwrite.compare;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.StoredObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one target said when it was asked for its copy of a path. */
public sealed interface CopyAnswer {

    /**
     * Returns the name of the target.
     *
     * @return the name it is configured under
     */
    String target();

    /**
     * The target holds a copy.
     *
     * @param target the name of the target
     * @param object what the target says about it; of a copy that was read, with the number of bytes it gave. In a difference
     *     found by reading in step nothing but that, or -1 if the copy had not ended there
     * @param checksum of the whole copy: the one the target keeps, or the one computed from the bytes it gave; {@code null}
     *     if neither was needed
     */
    record Held(
            String target, StoredObject object, @Nullable Checksum checksum) implements CopyAnswer {

        /**
         * Tells whether this copy and another cannot be the same, by their sizes and checksums as far as both are known.
         *
         * @param other the copy of another target
         * @return {@code false} if nothing that is known of both differs
         */
        public boolean contradicts(Held other) {
            long size = object.size();
            long otherSize = other.object.size();
            return (size >= 0 && otherSize >= 0 && size != otherSize)
                    || contradict(checksum, other.checksum)
                    || contradictsItself() != other.contradictsItself();
        }

        /**
         * Tells whether the target keeps another checksum than that of the bytes it gave.
         *
         * @return {@code false} if it does not, or nothing was read
         */
        public boolean contradictsItself() {
            return contradict(checksum, object.checksum());
        }

        private static boolean contradict(@Nullable Checksum a, @Nullable Checksum b) {
            return a != null && b != null && a.algorithm() == b.algorithm() && !a.equals(b);
        }
    }

    /**
     * The target holds no copy.
     *
     * @param target the name of the target
     */
    record Missing(String target) implements CopyAnswer {}

    /**
     * The target could not be asked, or could not give its copy to the end.
     *
     * @param target the name of the target
     * @param cause what it threw, or the deadline that passed
     */
    record Unavailable(String target, IOException cause) implements CopyAnswer {}
}
