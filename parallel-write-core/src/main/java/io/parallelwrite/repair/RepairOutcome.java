package io.parallelwrite.repair;

import io.parallelwrite.divergence.JournalEntry;
import java.util.List;

/** What became of the repair of one journal entry. In a dry run: what would, if no target failed. */
public sealed interface RepairOutcome {

    /**
     * Returns the entry.
     *
     * @return the entry as it was before
     */
    JournalEntry entry();

    /**
     * Returns what was found and done at each target.
     *
     * @return one for each target of the entry, in its order; empty if no target was asked
     */
    List<TargetRepair> targets();

    /**
     * Says why, as the end of a sentence about the path.
     *
     * @return the reason, for people
     */
    String reason();

    /**
     * All targets are equal, and the entry is removed.
     *
     * @param entry the entry
     * @param targets what was found and done at each target
     * @param reason how they became so
     */
    record Settled(JournalEntry entry, List<TargetRepair> targets, String reason) implements RepairOutcome {

        /** Copies the list. */
        public Settled {
            targets = List.copyOf(targets);
        }
    }

    /**
     * No target shows what was decided, all were asked, and the entry is removed. Entries about the same path that were made
     * before it count again.
     *
     * @param entry the entry
     * @param targets what each target holds
     * @param reason how that is known
     */
    record RolledBack(JournalEntry entry, List<TargetRepair> targets, String reason) implements RepairOutcome {

        /** Copies the list. */
        public RolledBack {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Something could not be asked or written. The entry stays, to be tried again later.
     *
     * @param entry the entry
     * @param targets what was found and done at each target
     * @param reason what it waits for
     */
    record Waiting(JournalEntry entry, List<TargetRepair> targets, String reason) implements RepairOutcome {

        /** Copies the list. */
        public Waiting {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Trying again will not help. The entry stays until an operator chooses, or the targets agree.
     *
     * @param entry the entry
     * @param targets what was found and done at each target
     * @param reason why, what each target holds, and what there is to choose
     */
    record GivenUp(JournalEntry entry, List<TargetRepair> targets, String reason) implements RepairOutcome {

        /** Copies the list. */
        public GivenUp {
            targets = List.copyOf(targets);
        }
    }
}
