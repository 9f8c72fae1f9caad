package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.repair.BackgroundSweeper;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the background sweeper while the application context does, as {@link RepairLifecycle} runs repairs.
 *
 * <p>Starting returns at once. Stopping blocks until what is being discarded is, or the limit has passed; nothing is
 * interrupted. A context that is paused or stopped and started again starts it again.
 *
 * <p>Thread-safe, as the sweeper is.
 */
final class SweepLifecycle implements SmartLifecycle {

    private static final Log logger = LogFactory.getLog(SweepLifecycle.class);

    private final @Nullable BackgroundSweeper sweeper;
    private final Duration stopLimit;

    SweepLifecycle(@Nullable BackgroundSweeper sweeper, Duration stopLimit) {
        this.sweeper = sweeper;
        this.stopLimit = stopLimit;
    }

    @Override
    public void start() {
        if (sweeper != null) {
            sweeper.start();
        }
    }

    @Override
    public void stop() {
        if (sweeper != null && !sweeper.stop(stopLimit)) {
            logger.warn("What is left over was still being discarded after " + stopLimit
                    + "; it ends when its targets answer, and is otherwise done again after the next start");
        }
    }

    @Override
    public boolean isRunning() {
        return sweeper != null && sweeper.isRunning();
    }

    @Override
    public int getPhase() {
        return RepairLifecycle.PHASE;
    }
}
