package io.parallelwrite.outcome;

import java.util.Set;

/**
 * Decides which targets must hold a write for the whole to be a success.
 *
 * <p>A rule is a value without state, asked twice in the life of a write with different sets: while bytes flow, with the
 * targets that have not failed (may the write still succeed?); after all have prepared or failed, with those that have
 * prepared (commit or abort?). It must be monotonic: a set that satisfies it still does with more targets in it.
 */
@FunctionalInterface
public interface AcknowledgementRule {

    /**
     * Returns the rule that every target must hold the write.
     *
     * @return the default rule
     */
    static AcknowledgementRule all() {
        return AllTargets.INSTANCE;
    }

    /**
     * Decides.
     *
     * @param good the names of the targets that hold, or may still come to hold, the write
     * @param all the names of all targets of the write
     * @return whether {@code good} is enough
     */
    boolean isMet(Set<String> good, Set<String> all);

    /** The rule behind {@link #all()}. */
    enum AllTargets implements AcknowledgementRule {
        /** The only instance. */
        INSTANCE;

        @Override
        public boolean isMet(Set<String> good, Set<String> all) {
            return good.containsAll(all);
        }

        @Override
        public String toString() {
            return "all targets";
        }
    }
}
