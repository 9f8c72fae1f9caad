package io.parallelwrite.outcome;

import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Listeners that are told in order; what one throws is logged, and stops neither the others nor what they are told about.
 *
 * <p>Thread-safe.
 *
 * @param <L> the type of the listeners
 */
public final class ListenerList<L> {

    private static final Log log = LogFactory.getLog(ListenerList.class);

    private final List<L> listeners;

    /**
     * Creates the list.
     *
     * @param listeners told in this order
     */
    public ListenerList(List<? extends L> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Tells every listener, on the calling thread.
     *
     * @param path the path it is about, for the log
     * @param call tells one listener
     */
    public void tell(String path, Consumer<? super L> call) {
        for (L listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable ex) { // whatever it throws, what it was told has happened
                log.warn(
                        "Listener " + listener.getClass().getName() + " failed for '" + path
                                + "'; nothing else is affected",
                        ex);
            }
        }
    }
}
