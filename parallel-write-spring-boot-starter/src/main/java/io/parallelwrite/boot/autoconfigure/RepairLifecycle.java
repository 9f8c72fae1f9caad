package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.repair.BackgroundRepairer;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the background repairer while the application context does: from when the web server has started, until before it
 * takes its last request. So the writer is closed after it.
 *
 * <p>Starting returns at once; what a crash left is repaired while the application serves. Stopping blocks until the path
 * that is being repaired is done, or the limit has passed; nothing is interrupted. A context that is paused or stopped and
 * started again starts it again.
 *
 * <p>Thread-safe, as the repairer is.
 */
final class RepairLifecycle implements SmartLifecycle {

    /** Above the phases of web servers and of their graceful shutdown. Higher phases start last and stop first. */
    static final int PHASE = DEFAULT_PHASE - 512;

    private static final Log logger = LogFactory.getLog(RepairLifecycle.class);

    private final BackgroundRepairer repairer;
    private final Duration stopLimit;

    RepairLifecycle(BackgroundRepairer repairer, Duration stopLimit) {
        this.repairer = repairer;
        this.stopLimit = stopLimit;
    }

    @Override
    public void start() {
        repairer.start();
    }

    @Override
    public void stop() {
        if (!repairer.stop(stopLimit)) {
            logger.warn("The repair under way has not ended in " + stopLimit
                    + "; it ends when its targets answer, and is otherwise done again after the next start");
        }
    }

    @Override
    public boolean isRunning() {
        return repairer.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
