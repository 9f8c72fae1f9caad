package io.parallelwrite.outcome;

import java.util.Set;

/** The rules that go by the share of the targets. */
enum CountRule implements AcknowledgementRule {
    ALL("all targets") {
        @Override
        public boolean isMet(Set<String> good, Set<String> all) {
            return good.containsAll(all);
        }
    },
    MAJORITY("a majority") {
        @Override
        public boolean isMet(Set<String> good, Set<String> all) {
            return 2 * good.size() > all.size();
        }
    };

    private final String description;

    CountRule(String description) {
        this.description = description;
    }

    @Override
    public String toString() {
        return description;
    }
}
