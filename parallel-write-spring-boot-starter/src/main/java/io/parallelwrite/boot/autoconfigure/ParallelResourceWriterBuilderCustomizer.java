package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriterBuilder;

/**
 * Changes the builder of the auto-configured {@link io.parallelwrite.ParallelResourceWriter}.
 *
 * <p>Beans of this type are called in their order, after everything the properties say has been set: they can add targets
 * and listeners, or replace settings, the executor or the timer.
 */
@FunctionalInterface
public interface ParallelResourceWriterBuilderCustomizer {

    /**
     * Changes the builder. Must not build it.
     *
     * @param builder holds targets, settings, executor and listeners as configured
     */
    void customize(ParallelResourceWriterBuilder builder);
}
