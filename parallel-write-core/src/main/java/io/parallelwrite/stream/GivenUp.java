package io.parallelwrite.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a lane that nobody waits for any more.
 *
 * @param reason why
 * @param dropped will never be made
 * @param abandoned runs on, and ends on its own; {@code null} if none was running
 * @param expired those whose results fail now: the abandoned one, and an abort that is made when it can be
 */
record GivenUp(
        IOException reason,
        List<LaneStep<?>> dropped,
        @Nullable LaneStep<?> abandoned,
        List<LaneStep<?>> expired) {

    /**
     * Marks the steps that are given up. Guarded by the queue.
     *
     * @param running the step that runs, or {@code null}
     * @param waiting what else will be made all the same
     */
    static GivenUp of(
            IOException reason,
            List<LaneStep<?>> dropped,
            @Nullable LaneStep<?> running,
            Collection<LaneStep<?>> waiting) {
        List<LaneStep<?>> expired = new ArrayList<>(waiting);
        if (running != null) {
            running.abandoned = true;
            expired.add(0, running);
        }
        expired.removeIf(step -> step.expired);
        expired.forEach(step -> step.expired = true);
        return new GivenUp(reason, dropped, running, expired);
    }

    /** Leaves the running step to end on its own. */
    void letRun(TargetWorkers workers) {
        if (abandoned == null) {
            return;
        }
        workers.callAbandoned();
        if (abandoned.chunk != null) {
            abandoned.chunk.abandon(); // the caller may use its memory for the other targets
        }
    }

    void fail() {
        expired.forEach(step -> step.result.completeExceptionally(reason));
    }
}
