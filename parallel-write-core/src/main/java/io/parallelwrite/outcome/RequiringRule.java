package io.parallelwrite.outcome;

import java.util.Set;

/**
 * The rule behind {@link AcknowledgementRule#requiring}.
 *
 * @param targets the names of those that must hold a write
 */
record RequiringRule(Set<String> targets) implements AcknowledgementRule {

    RequiringRule {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("No target is required; name at least one");
        }
    }

    @Override
    public boolean isMet(Set<String> good, Set<String> all) {
        return good.containsAll(targets);
    }

    @Override
    public String toString() {
        return targets.stream().sorted().toList() + " required";
    }
}
