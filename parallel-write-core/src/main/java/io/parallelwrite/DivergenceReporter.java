package io.parallelwrite;

import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Finds the divergence a write left behind, logs it at WARN, and tells those who listen for it. */
final class DivergenceReporter implements WriteListener {

    private static final Log log = LogFactory.getLog(Divergence.class);

    private final List<DivergenceListener> listeners;

    DivergenceReporter(List<DivergenceListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        Divergence.of(result).ifPresent(this::report);
    }

    private void report(Divergence divergence) {
        log.warn("Diverged: '" + divergence.path() + "' may differ on " + divergence.targets() + " after "
                + divergence.operation() + " " + divergence.id() + ": " + divergence.diverged());
        for (DivergenceListener listener : listeners) {
            try {
                listener.diverged(divergence);
            } catch (Throwable ex) { // whatever it throws, the write has happened
                log.warn(
                        "Divergence listener " + listener.getClass().getName() + " failed for '" + divergence.path()
                                + "'; the write is not affected",
                        ex);
            }
        }
    }
}
