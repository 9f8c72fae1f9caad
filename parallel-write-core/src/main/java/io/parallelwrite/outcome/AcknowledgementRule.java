package io.parallelwrite.outcome;

import java.util.Collection;
import java.util.HashSet;
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
        return CountRule.ALL;
    }

    /**
     * Returns the rule that more than half of the targets must hold the write. Of two targets that is both.
     *
     * @return the rule
     */
    static AcknowledgementRule majority() {
        return CountRule.MAJORITY;
    }

    /**
     * Returns the rule that so many targets must hold the write, whichever they are.
     *
     * @param count at least 1
     * @return the rule
     * @throws IllegalArgumentException if the count is less than 1
     */
    static AcknowledgementRule atLeast(int count) {
        return new AtLeastRule(count);
    }

    /**
     * Returns the rule that certain targets must hold the write; the others may miss it.
     *
     * @param targets their names, at least one
     * @return the rule
     * @throws IllegalArgumentException if there is no name
     */
    static AcknowledgementRule requiring(Collection<String> targets) {
        return new RequiringRule(Set.copyOf(targets));
    }

    /**
     * Returns the rule that this one and another must both be met.
     *
     * @param other the other
     * @return the rule
     */
    default AcknowledgementRule and(AcknowledgementRule other) {
        return new BothRule(this, other);
    }

    /**
     * Decides.
     *
     * @param good the names of the targets that hold, or may still come to hold, the write
     * @param all the names of all targets of the write
     * @return whether {@code good} is enough
     */
    boolean isMet(Set<String> good, Set<String> all);

    /**
     * Tells whether this rule asks for every one of certain targets, as {@link #all()} does.
     *
     * @param targets the names of all targets
     * @return whether it is not met as soon as any of them is missing
     */
    default boolean needsAllOf(Set<String> targets) {
        return targets.stream().noneMatch(missing -> {
            Set<String> others = new HashSet<>(targets);
            others.remove(missing);
            return isMet(others, targets);
        });
    }
}
