package io.parallelwrite.boot.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what observations do not tell: {@value #BYTES}, {@value #OPEN}, {@value #DIVERGENCES} and {@value
 * #LATE_COMPLETIONS}. Tags are names of targets, schemes and phases, never paths.
 *
 * <p>Thread-safe.
 */
public final class WriteMeters implements WriteListener, DivergenceListener {

    /** Counter of the bytes committed, tagged {@code target} and {@code scheme}. */
    public static final String BYTES = "parallel.write.bytes";

    /** Gauge of the writes and deletes that have begun and not ended. */
    public static final String OPEN = "parallel.write.open";

    /**
     * Counter of the divergences found by writes and by reads, tagged {@code target}: of those in question, each; see {@link
     * Divergence#targets()}.
     */
    public static final String DIVERGENCES = "parallel.write.divergences";

    /** Counter of the calls that returned after their deadline, tagged {@code target} and {@code phase}. */
    public static final String LATE_COMPLETIONS = "parallel.write.late.completions";

    private final AtomicInteger open = new AtomicInteger();
    private final MeterProvider<Counter> bytes;
    private final MeterProvider<Counter> divergences;
    private final MeterProvider<Counter> lateCompletions;

    /**
     * Creates the listener and registers its meters.
     *
     * @param registry where meters go
     * @param targets the names of targets whose divergences are shown as zero until there is one
     */
    public WriteMeters(MeterRegistry registry, Collection<String> targets) {
        Gauge.builder(OPEN, open, AtomicInteger::get)
                .description("Writes and deletes that have begun and not ended")
                .register(registry);
        bytes = Counter.builder(BYTES)
                .description("Bytes committed")
                .baseUnit("bytes")
                .withRegistry(registry);
        divergences = Counter.builder(DIVERGENCES)
                .description("Divergences that the target is part of")
                .withRegistry(registry);
        lateCompletions = Counter.builder(LATE_COMPLETIONS)
                .description("Calls to the target that returned after their deadline")
                .withRegistry(registry);
        targets.forEach(target -> divergences.withTags("target", target));
    }

    @Override
    public void started(WriteStart start) {
        open.incrementAndGet();
    }

    @Override
    public void finished(WriteStart start, WriteResult result) {
        open.decrementAndGet();
        if (result.size() > 0) {
            result.outcomes().forEach(outcome -> count(outcome, result.size()));
        }
    }

    private void count(TargetOutcome outcome, long byteCount) {
        if (outcome instanceof TargetOutcome.Committed) {
            bytes.withTags("target", outcome.target(), "scheme", outcome.scheme())
                    .increment((double) byteCount);
        }
    }

    @Override
    public void completedLate(WriteStart start, LateCompletion completion) {
        lateCompletions
                .withTags(
                        "target",
                        completion.target(),
                        "phase",
                        completion.phase().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void diverged(Divergence divergence) {
        divergence
                .targets()
                .forEach(target -> divergences.withTags("target", target).increment());
    }
}
