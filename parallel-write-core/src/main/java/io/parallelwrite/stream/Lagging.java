package io.parallelwrite.stream;

import java.time.Duration;

/** What becomes of a write while one target is slower than the others. A value. */
public sealed interface Lagging {

    /** How long a target may hold up one write unless something else is said. */
    Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    /**
     * The caller waits for the target, until a deadline of the target passes. The default.
     */
    record Block() implements Lagging {}

    /**
     * The target is dropped from the write, if the acknowledgement rule can do without it.
     *
     * <p>The time counts while the caller waits for this target, and others that may be detached too, but for none that has
     * to stay: for its opening, for memory it has not let go of, or for its preparing. It is the sum of all such waits of
     * one write. A target that is detached misses the write as if it had failed. After the decision none is detached.
     *
     * @param patience how long it may hold up one write, all together
     */
    record Detach(Duration patience) implements Lagging {

        /**
         * Checks that the patience is positive and at most a year.
         *
         * @throws IllegalArgumentException if it is not
         */
        public Detach {
            if (patience.isZero() || patience.isNegative() || patience.compareTo(Deadlines.LONGEST) > 0) {
                throw new IllegalArgumentException("The patience with a lagging target [" + patience
                        + "] must be positive and at most " + Deadlines.LONGEST.toDays() + " days");
            }
        }
    }

    /**
     * Returns that the caller waits.
     *
     * @return the default
     */
    static Lagging block() {
        return new Block();
    }

    /**
     * Returns that the target is dropped when it has held up a write for too long.
     *
     * @param patience how long it may, all together; {@link #DEFAULT_PATIENCE} if in doubt
     * @return the policy
     * @throws IllegalArgumentException if it is not positive, or more than a year
     */
    static Lagging detachAfter(Duration patience) {
        return new Detach(patience);
    }
}
