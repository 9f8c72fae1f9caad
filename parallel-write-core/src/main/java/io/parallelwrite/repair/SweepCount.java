package io.parallelwrite.repair;

import io.parallelwrite.repair.SweepOutcome.Found;
import io.parallelwrite.target.StagedSweep;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** One search at one target, and what came of it so far. Not thread-safe: the thread that sweeps. */
final class SweepCount implements StagedSweep {

    private static final Log log = LogFactory.getLog(Sweeper.class);

    private final Instant before;
    private final boolean includesUnmarked;
    private final BooleanSupplier stopped;
    private long discarded;
    private long failed;
    private int failuresInARow;
    private @Nullable Exception failure;

    SweepCount(Instant before, boolean includesUnmarked, BooleanSupplier stopped) {
        this.before = before;
        this.includesUnmarked = includesUnmarked;
        this.stopped = stopped;
    }

    @Override
    public Instant before() {
        return before;
    }

    @Override
    public boolean includesUnmarked() {
        return includesUnmarked;
    }

    @Override
    public boolean isStopped() {
        return stopped.getAsBoolean();
    }

    @Override
    public void discarded(String what) {
        log.debug("Discarded: " + what);
        discarded++;
        failuresInARow = 0;
    }

    @Override
    public void failed(String what, Exception reason) {
        log.debug("Could not discard " + what, reason);
        failed++;
        failuresInARow++;
        if (failure == null) {
            failure = reason;
        }
    }

    int failuresInARow() {
        return failuresInARow;
    }

    SweepOutcome outcome(String target, Found found) {
        return new SweepOutcome(target, found, discarded, failed, failure);
    }
}
