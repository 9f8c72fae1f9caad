package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.divergence.Journal;
import io.parallelwrite.repair.BackgroundRepairer;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Holds the start of the application until what the last run left has been gone through, for a limited time.
 *
 * <p>Starts the background repairer before the web server takes requests, on the thread that starts the context, and blocks
 * it until the recovery pass has ended, the limit has passed, or the thread is interrupted: the flag stays set. Recovery goes
 * on after the limit. Stopping is {@link RepairLifecycle}'s. With a limit of zero it does nothing.
 */
final class RecoveryWait implements SmartLifecycle {

    /** Below the phases of web servers, above that of the writer. Lower phases start first. */
    static final int PHASE = WriterShutdown.PHASE + 1024;

    private static final Log logger = LogFactory.getLog(RecoveryWait.class);

    private final BackgroundRepairer repairer;
    private final Journal journal;
    private final Duration limit;

    private volatile boolean running;

    RecoveryWait(BackgroundRepairer repairer, Journal journal, Duration limit) {
        this.repairer = repairer;
        this.journal = journal;
        this.limit = limit;
    }

    @Override
    public void start() {
        running = true;
        if (limit.isZero()) {
            return; // repairs begin when the web server has started
        }
        repairer.start();
        boolean whole = repairer.awaitRecovery(limit);
        int left = journal.size();
        if (!whole) {
            logger.warn("The journal has not been gone through within " + ConfiguredRepairs.STARTUP_WAIT + " [" + limit
                    + "]; " + left + " entries are left, and repairs go on while the application serves");
        } else if (left > 0) {
            logger.warn("The journal has been gone through; " + left + " entries are left, to be tried again");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
