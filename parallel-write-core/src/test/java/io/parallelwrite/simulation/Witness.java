package io.parallelwrite.simulation;

import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears of every write, and whether it hears once of each thing. */
final class Witness implements WriteListener {

    private final Map<String, WriteResult> results = new LinkedHashMap<>();
    private final Map<String, WriteStart> open = new LinkedHashMap<>();
    private final Set<String> settled = new HashSet<>();
    private @Nullable String complaint;

    @Override
    public void started(WriteStart start) {
        if (open.put(start.id(), start) != null) {
            complain("begun twice: " + start);
        }
    }

    @Override
    public void targetFinished(WriteStart start, TargetOutcome outcome) {
        if (!open.containsKey(start.id()) || !settled.add(start.id() + " " + outcome.target())) {
            complain("told twice, or too late: " + outcome);
        }
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        if (open.remove(start.id()) == null) {
            complain("ended twice: " + result);
        }
        results.put(start.id(), result);
        for (WriteStart.Participant target : start.targets()) {
            if (!settled.contains(start.id() + " " + target.name())) {
                complain("ended without having told of '" + target.name() + "': " + result);
            }
        }
    }

    private void complain(String what) {
        if (complaint == null) {
            complaint = what;
        }
    }

    /** Returns what was wrong, or {@code null}. */
    @Nullable
    String complaint() {
        return complaint;
    }

    int openCount() {
        return open.size();
    }

    /** Returns what became of a write, or {@code null} if it has not ended. */
    @Nullable
    WriteResult result(String id) {
        return results.get(id);
    }
}
