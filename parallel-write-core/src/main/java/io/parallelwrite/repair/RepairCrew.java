package io.parallelwrite.repair;

import io.parallelwrite.divergence.JournalEntry;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.CustomizableThreadCreator;

/**
 * The threads that repair single entries for the {@link BackgroundRepairer}, and hand back what became of them.
 *
 * <p>They are daemons, block as the {@link Repairer} does and are never interrupted. They end when they had nothing to do for a
 * while, and when they are dismissed. Used by one thread; what is ended is handed back on that which did it.
 */
final class RepairCrew {

    /**
     * An entry nobody is at any more.
     *
     * @param entry the entry that was begun
     * @param outcome what became of it; {@code null} if its repair threw, which was logged
     */
    record Ended(JournalEntry entry, @Nullable RepairOutcome outcome) {}

    private static final Log log = LogFactory.getLog(BackgroundRepairer.class);

    private static final long IDLE_SECONDS = 10;

    private final Repairer repairer;
    private final Consumer<Ended> handBack;
    private @Nullable ThreadPoolExecutor threads;

    RepairCrew(Repairer repairer, Consumer<Ended> handBack) {
        this.repairer = repairer;
        this.handBack = handBack;
    }

    void begin(JournalEntry entry) {
        if (threads == null) {
            threads = newThreads();
        }
        threads.execute(() -> handBack.accept(new Ended(entry, repaired(entry))));
    }

    private ThreadPoolExecutor newThreads() {
        CustomizableThreadCreator creator = new CustomizableThreadCreator("parallel-write-repair-");
        creator.setDaemon(true);
        int most = repairer.settings().concurrency();
        ThreadPoolExecutor created = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), creator::createThread);
        created.allowCoreThreadTimeOut(true);
        return created;
    }

    private @Nullable RepairOutcome repaired(JournalEntry entry) {
        try {
            RepairOutcome outcome = repairer.repair(entry);
            while (outcome instanceof RepairOutcome.RolledBack) {
                outcome = repairer.repair(entry); // an earlier entry counts again
            }
            return outcome;
        } catch (IOException | RuntimeException | Error ex) { // the next entry may be repaired
            log.warn("'" + entry.path() + "' could not be repaired, and will be tried again", ex);
            return null;
        }
    }

    /** Ends the threads that have nothing to do, and the others when they have. The next entry begins with new ones. */
    void dismiss() {
        if (threads != null) {
            threads.shutdown();
            threads = null;
        }
    }
}
