package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.TargetInitializationException;

/** Makes writers, with default settings, for targets that discard. */
final class DiscardingWriters {

    private DiscardingWriters() {}

    static ParallelResourceWriter two() {
        try {
            return ParallelResourceWriter.builder()
                    .target(new DiscardingTarget("one"))
                    .target(new DiscardingTarget("two"))
                    .build();
        } catch (TargetInitializationException e) {
            throw new IllegalStateException("Targets that discard have nothing to initialize", e);
        }
    }
}
