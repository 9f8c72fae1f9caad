package io.parallelwrite;

import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ParallelResourceWriter} from targets.
 *
 * <p>Not thread-safe. A builder is used once.
 */
public final class ParallelResourceWriterBuilder {

    private final List<Target> targets = new ArrayList<>();
    private final List<WriteListener> listeners = new ArrayList<>();
    private final List<DivergenceListener> divergenceListeners = new ArrayList<>();
    private EngineSettings settings = EngineSettings.defaults();
    private @Nullable Executor executor;
    private @Nullable DeadlineTimer timer;

    ParallelResourceWriterBuilder() {}

    /**
     * Adds a target. Reads go to targets in the order they were added. The writer closes it.
     *
     * @param target a target with a name and a place of its own
     * @return this builder
     */
    public ParallelResourceWriterBuilder target(Target target) {
        targets.add(target);
        return this;
    }

    /**
     * Adds targets, in the order given.
     *
     * @param targets each with a name and a place of its own
     * @return this builder
     */
    public ParallelResourceWriterBuilder targets(Collection<? extends Target> targets) {
        this.targets.addAll(targets);
        return this;
    }

    /**
     * Sets everything the engine can be told.
     *
     * @param settings replaces all settings, also those a customizer changed before
     * @return this builder
     */
    public ParallelResourceWriterBuilder settings(EngineSettings settings) {
        this.settings = settings;
        return this;
    }

    /**
     * Returns the settings so far, so that a part of them can be changed.
     *
     * @return the settings
     */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Sets what lends the engine its workers. Without it the writer makes a pool of its own and ends it when closed.
     *
     * @param executor runs tasks on threads that are never interrupted, at least {@link
     *     EngineSettings#workersPerTarget()} for every target; not closed by the writer
     * @return this builder
     */
    public ParallelResourceWriterBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /**
     * Sets the clock and alarm. Without it the writer makes one of its own.
     *
     * @param timer the timer; not closed by the writer
     * @return this builder
     */
    public ParallelResourceWriterBuilder timer(DeadlineTimer timer) {
        this.timer = timer;
        return this;
    }

    /**
     * Adds a listener to writes and deletes.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder listener(WriteListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Adds a listener to divergences.
     *
     * @param listener called in the order listeners were added
     * @return this builder
     */
    public ParallelResourceWriterBuilder divergenceListener(DivergenceListener listener) {
        divergenceListeners.add(listener);
        return this;
    }

    /**
     * Builds the writer and initializes its targets; blocks while they get their places ready.
     *
     * @return the writer; close it when done
     * @throws IllegalArgumentException if there is no target, two have one name, or two places are the same or nested
     * @throws IOException if a target's place cannot be written; targets initialized before it have been closed
     */
    public ParallelResourceWriter build() throws IOException {
        throw new UnsupportedOperationException();
    }
}
