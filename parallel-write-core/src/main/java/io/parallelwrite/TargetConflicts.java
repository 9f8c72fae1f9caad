package io.parallelwrite;

import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetConflictException;
import java.util.List;

/** What keeps targets from being used together: one name, one place, or one place inside another. */
final class TargetConflicts {

    private TargetConflicts() {}

    /**
     * Checks all targets of a writer.
     *
     * @throws IllegalArgumentException if there is none
     * @throws TargetConflictException naming the first two that cannot be used together
     */
    static void check(List<Target> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("There is no target; add at least one");
        }
        for (int i = 0; i < targets.size(); i++) {
            for (int j = i + 1; j < targets.size(); j++) {
                checkPair(targets.get(i), targets.get(j));
            }
        }
    }

    private static void checkPair(Target one, Target other) {
        String both = "Targets '" + one.name() + "' and '" + other.name() + "'";
        if (one.name().equals(other.name())) {
            throw new TargetConflictException(
                    one.name(),
                    other.name(),
                    "Two targets are named '" + one.name() + "'; give each a name of its own");
        }
        if (one.place().equals(other.place())) {
            throw new TargetConflictException(
                    one.name(),
                    other.name(),
                    both + " are at the same place, " + one.place() + ", so there is one copy");
        }
        if (one.place().startsWith(other.place()) || other.place().startsWith(one.place())) {
            throw new TargetConflictException(
                    one.name(),
                    other.name(),
                    both + " are nested, " + one.place() + " and " + other.place()
                            + ", so one holds the other's objects");
        }
    }
}
