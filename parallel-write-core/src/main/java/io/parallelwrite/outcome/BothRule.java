package io.parallelwrite.outcome;

import java.util.Set;

/**
 * The rule behind {@link AcknowledgementRule#and}.
 *
 * @param one must be met
 * @param other must be met, too
 */
record BothRule(AcknowledgementRule one, AcknowledgementRule other) implements AcknowledgementRule {

    @Override
    public boolean isMet(Set<String> good, Set<String> all) {
        return one.isMet(good, all) && other.isMet(good, all);
    }

    @Override
    public String toString() {
        return one + " and " + other;
    }
}
