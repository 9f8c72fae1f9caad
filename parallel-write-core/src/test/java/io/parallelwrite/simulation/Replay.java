package io.parallelwrite.simulation;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Runs one plan again. */
final class Replay {

    private Replay() {}

    /**
     * Runs a plan as a failed test has printed it, and prints its operations and whatever was thrown.
     *
     * @param plan one line
     * @return the promise that is broken, or {@code null}
     */
    static @Nullable String run(String plan) throws Exception {
        return Caller.run(() -> {
            ArrayDeque<Coroutine> spare = new ArrayDeque<>();
            Run run = new Run(Plan.parse(plan), spare);
            Run.Report report = run.run();
            run.world().kept().forEach(Throwable::printStackTrace);
            System.out.println(plan + ": " + report.points() + " then " + report.recoveryPoints());
            Caller.close(spare);
            return report.violation();
        });
    }
}
