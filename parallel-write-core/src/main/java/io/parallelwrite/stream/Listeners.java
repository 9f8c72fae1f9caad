package io.parallelwrite.stream;

import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.ListenerList;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import java.util.List;

/** All listeners of an engine as one that never throws. */
final class Listeners implements WriteListener {

    private final ListenerList<WriteListener> listeners;

    Listeners(List<WriteListener> listeners) {
        this.listeners = new ListenerList<>(listeners);
    }

    @Override
    public void started(WriteStart start) {
        listeners.tell(start.path(), listener -> listener.started(start));
    }

    @Override
    public void targetFinished(WriteStart start, TargetOutcome outcome) {
        listeners.tell(start.path(), listener -> listener.targetFinished(start, outcome));
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        listeners.tell(start.path(), listener -> listener.finished(start, result));
    }

    @Override
    public void completedLate(WriteStart start, LateCompletion completion) {
        listeners.tell(start.path(), listener -> listener.completedLate(start, completion));
    }
}
