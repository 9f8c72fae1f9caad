package io.parallelwrite.divergence;

import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.target.TargetPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The paths at which a target may still show something because of a request that nobody waits for any more.
 *
 * <p>Thread-safe. Never blocks for longer than others hold its lock, which is short.
 */
final class GivenUpRequests {

    /** How many may be kept in mind before those are looked for that are too old. */
    private static final int FEW = 100;

    // immutable
    private final DeadlineTimer timer;
    private final long latenessNanos;

    // mutable, guarded by this
    private final Map<TargetPath, Long> givenUpNanos = new HashMap<>();
    private int manyPaths = FEW;

    GivenUpRequests(DeadlineTimer timer, Duration lateness) {
        this.timer = timer;
        this.latenessNanos = lateness.toNanos();
    }

    /** Notes that one was given up just now. */
    synchronized void note(TargetPath path) {
        givenUpNanos.put(path, timer.nanoTime());
        if (givenUpNanos.size() > manyPaths) {
            givenUpNanos.values().removeIf(nanos -> !isRecent(nanos));
            manyPaths = Math.max(FEW, 2 * givenUpNanos.size());
        }
    }

    /** Tells whether one may still arrive. */
    synchronized boolean mayArrive(TargetPath path) {
        Long nanos = givenUpNanos.get(path);
        return nanos != null && isRecent(nanos);
    }

    private boolean isRecent(long nanos) {
        return timer.nanoTime() - nanos < latenessNanos;
    }
}
