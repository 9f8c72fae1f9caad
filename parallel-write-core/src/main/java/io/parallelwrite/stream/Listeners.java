package io.parallelwrite.stream;

import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Calls every listener in order; what one throws is logged and stops neither the others nor the write. */
final class Listeners implements WriteListener {

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    private final List<WriteListener> listeners;

    Listeners(List<WriteListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void started(WriteStart start) {
        each(start, listener -> listener.started(start));
    }

    @Override
    public void targetFinished(WriteStart start, TargetOutcome outcome) {
        each(start, listener -> listener.targetFinished(start, outcome));
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        each(start, listener -> listener.finished(start, result));
    }

    @Override
    public void completedLate(WriteStart start, LateCompletion completion) {
        each(start, listener -> listener.completedLate(start, completion));
    }

    private void each(WriteStart start, Consumer<WriteListener> call) {
        for (WriteListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable ex) { // whatever it throws, the write has happened
                log.warn(
                        "Listener " + listener.getClass().getName() + " failed for '" + start.path()
                                + "'; the write is not affected",
                        ex);
            }
        }
    }
}
