package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.outcome.TargetStateChange;
import io.parallelwrite.outcome.TargetStateListener;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what becomes of targets, in order and one after the other, on a thread of its executor: what an application does with
 * an event may take its time, and the thread that noticed the change may be the one that watches all deadlines.
 *
 * <p>Thread-safe.
 */
final class TargetStatePublisher implements TargetStateListener {

    private static final Log log = LogFactory.getLog(TargetStatePublisher.class);

    private final ApplicationEventPublisher events;
    private final Executor executor;

    // mutable, guarded by this
    private final ArrayDeque<TargetStateChange> unpublished = new ArrayDeque<>();
    private boolean publishing;

    TargetStatePublisher(ApplicationEventPublisher events, Executor executor) {
        this.events = events;
        this.executor = executor;
    }

    @Override
    public void changed(TargetStateChange change) {
        synchronized (this) {
            unpublished.add(change);
            if (publishing) {
                return; // the thread that publishes goes on with this one
            }
            publishing = true;
        }
        try {
            executor.execute(this::publishAll);
        } catch (RuntimeException ex) { // the application is being closed: no thread is left but this one
            publishAll();
        }
    }

    private void publishAll() {
        for (TargetStateChange change = next(); change != null; change = next()) {
            try {
                events.publishEvent(change);
            } catch (RuntimeException | Error ex) { // the target has changed all the same
                log.warn(
                        "A listener to the state of target '" + change.target() + "' failed; nothing else is affected",
                        ex);
            }
        }
    }

    private synchronized @Nullable TargetStateChange next() {
        TargetStateChange change = unpublished.poll();
        publishing = change != null;
        return change;
    }
}
