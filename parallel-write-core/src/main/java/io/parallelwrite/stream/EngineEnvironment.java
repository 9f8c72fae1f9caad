package io.parallelwrite.stream;

import io.parallelwrite.outcome.WriteListener;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What an engine is given to work with, besides targets and settings.
 *
 * @param executor lends workers; must not run tasks on the thread that submits them
 * @param timer the clock and alarm
 * @param listeners hear of writes, in this order
 * @param decisions remembers what is about to become visible
 */
public record EngineEnvironment(
        Executor executor, DeadlineTimer timer, List<WriteListener> listeners, DecisionLog decisions) {

    /** Copies the list. */
    public EngineEnvironment {
        listeners = List.copyOf(listeners);
    }

    /**
     * Returns an environment that remembers no decisions.
     *
     * @param executor lends workers
     * @param timer the clock and alarm
     * @param listeners hear of writes, in this order
     * @return the environment
     */
    public static EngineEnvironment of(Executor executor, DeadlineTimer timer, List<WriteListener> listeners) {
        return new EngineEnvironment(executor, timer, listeners, DecisionLog.NONE);
    }
}
