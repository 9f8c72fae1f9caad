package io.parallelwrite.repair;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all passes and repairs of one scrubber share.
 *
 * @param engine writes and deletes at single targets, and orders that among commits
 * @param reader asks all targets for their copies
 * @param repairer repairs what the journal remembers; {@code null} if there is no journal
 * @param divergences takes what is found to differ, and what is found equal
 */
record ScrubParts(
        WriteEngine engine,
        ParallelResourceReader reader,
        @Nullable Repairer repairer,
        ReadListener divergences) {

    /** Returns what the journal remembers of a path: the newest decision. */
    @Nullable
    JournalEntry entry(TargetPath path) {
        return repairer == null ? null : repairer.journal().entry(path).orElse(null);
    }

    List<String> targets() {
        return engine.calls().stream().map(calls -> calls.target().name()).toList();
    }

    /** Asks one target what it holds, and waits for it. */
    Optional<StoredObject> stat(String target, TargetPath path) throws IOException {
        TargetCalls calls = calls(target);
        return Await.interruptibly(
                calls.submit(Phase.OPEN, () -> calls.target().stat(path)).inTime());
    }

    /** Returns what makes the calls to one target. */
    TargetCalls calls(String target) {
        return engine.calls().stream()
                .filter(candidate -> candidate.target().name().equals(target))
                .findFirst()
                .orElseThrow();
    }
}
