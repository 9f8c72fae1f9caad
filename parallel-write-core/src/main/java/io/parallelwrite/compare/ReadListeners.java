package io.parallelwrite.compare;

import io.parallelwrite.outcome.ListenerList;
import java.util.List;

/** All listeners of a reader as one that never throws. */
final class ReadListeners implements ReadListener {

    private final ListenerList<ReadListener> listeners;

    ReadListeners(List<ReadListener> listeners) {
        this.listeners = new ListenerList<>(listeners);
    }

    @Override
    public void finished(ReadResult read) {
        listeners.tell(read.path(), listener -> listener.finished(read));
    }

    @Override
    public void fellBack(ReadFallback fallback) {
        listeners.tell(fallback.path(), listener -> listener.fellBack(fallback));
    }

    @Override
    public void differed(Comparison.Different difference) {
        listeners.tell(difference.path(), listener -> listener.differed(difference));
    }

    @Override
    public void agreed(Comparison agreement) {
        listeners.tell(agreement.path(), listener -> listener.agreed(agreement));
    }

    @Override
    public void refilled(Refill refill) {
        listeners.tell(refill.path(), listener -> listener.refilled(refill));
    }
}
