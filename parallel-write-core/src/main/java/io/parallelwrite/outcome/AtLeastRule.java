package io.parallelwrite.outcome;

import java.util.Set;

/**
 * The rule behind {@link AcknowledgementRule#atLeast}.
 *
 * @param count how many targets are enough
 */
record AtLeastRule(int count) implements AcknowledgementRule {

    AtLeastRule {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "The number of targets that must hold a write [" + count + "] must be at least 1");
        }
    }

    @Override
    public boolean isMet(Set<String> good, Set<String> all) {
        return good.size() >= count;
    }

    @Override
    public String toString() {
        return "at least " + count;
    }
}
