package io.parallelwrite.repair;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournaledDecisions;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.stream.WriteEngine;

/**
 * What all repairs of one repairer share.
 *
 * @param engine writes and deletes at single targets, and orders that among commits
 * @param reader asks all targets for their copies
 * @param decisions what was decided
 * @param settings how divergences are repaired
 */
record RepairParts(
        WriteEngine engine, ParallelResourceReader reader, JournaledDecisions decisions, RepairSettings settings) {

    /** Returns what makes the calls to one target. */
    TargetCalls calls(String target) {
        return engine.calls().stream()
                .filter(candidate -> candidate.target().name().equals(target))
                .findFirst()
                .orElseThrow();
    }

    /** Tells whether a request of a decision may still be on its way. */
    boolean mayArrive(JournalEntry entry) {
        return decisions.age(entry).compareTo(settings.lateness()) < 0;
    }
}
