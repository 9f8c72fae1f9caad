package io.parallelwrite.repair;

/**
 * Hears how divergences end: once of each, not of every attempt.
 *
 * <p>Called on the thread that repairs; must return quickly. What it throws is logged and changes nothing.
 */
public interface RepairListener {

    /**
     * All targets are equal again.
     *
     * @param repaired what was found and done
     */
    default void repaired(RepairOutcome.Settled repaired) {}

    /**
     * All targets are equal again on a path the journal does not remember, by proof or by somebody's choice.
     *
     * @param copied what was found and done
     */
    default void copied(RepairedPath copied) {}

    /**
     * What was decided has become visible nowhere, and is forgotten.
     *
     * @param rolledBack what the targets hold
     */
    default void rolledBack(RepairOutcome.RolledBack rolledBack) {}

    /**
     * An operator must choose. Told once for an entry, as long as the process lives.
     *
     * @param givenUp what the targets hold
     */
    default void givenUp(RepairOutcome.GivenUp givenUp) {}
}
