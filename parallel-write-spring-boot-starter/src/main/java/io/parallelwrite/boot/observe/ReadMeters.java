package io.parallelwrite.boot.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parallelwrite.compare.PassedOver;
import io.parallelwrite.compare.ReadFailureReason;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.compare.ReadResult;
import io.parallelwrite.compare.Refill;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times reads and counts what they met: {@value #READ}, {@value #BYTES}, {@value #FALLBACKS} and {@value #REFILLS}. Tags are
 * names of targets and words from closed lists, never paths.
 *
 * <p>Thread-safe.
 */
public final class ReadMeters implements ReadListener {

    /**
     * Timer of reads, from opening to closing, tagged {@code mode}, {@code target}: the one whose copy was handed out last,
     * or {@code none}; and {@code outcome}: {@code ok}, or the {@link ReadFailureReason} it failed for.
     */
    public static final String READ = "parallel.read";

    /** Counter of the bytes handed out, tagged {@code target}: the one whose copy was handed out last. */
    public static final String BYTES = "parallel.read.bytes";

    /**
     * Counter of the targets that reads did without, tagged {@code target} and {@code reason}. Counted when a read ends that
     * another target served.
     */
    public static final String FALLBACKS = "parallel.read.fallbacks";

    /**
     * Counter of attempts to bring a missing copy back, tagged {@code target}: the one that lacked it; and {@code outcome}:
     * {@code ok} or {@code failed}.
     */
    public static final String REFILLS = "parallel.read.refills";

    private static final String OK = "ok";

    private final MeterProvider<Timer> reads;
    private final MeterProvider<Counter> bytes;
    private final MeterProvider<Counter> fallbacks;
    private final MeterProvider<Counter> refills;

    /**
     * Creates the listener.
     *
     * @param registry where meters go
     */
    public ReadMeters(MeterRegistry registry) {
        reads = Timer.builder(READ)
                .description("Reads, from opening to closing")
                .withRegistry(registry);
        bytes = Counter.builder(BYTES)
                .description("Bytes handed out")
                .baseUnit("bytes")
                .withRegistry(registry);
        fallbacks = Counter.builder(FALLBACKS)
                .description("Times a read did without the target")
                .withRegistry(registry);
        refills = Counter.builder(REFILLS)
                .description("Attempts to bring a missing copy back to the target")
                .withRegistry(registry);
    }

    @Override
    public void finished(ReadResult read) {
        String target = read.servedBy() == null ? "none" : read.servedBy();
        reads.withTags("mode", tag(read.mode()), "target", target, "outcome", outcome(read.failure()))
                .record(read.duration());
        if (read.byteCount() > 0) {
            bytes.withTags("target", target).increment((double) read.byteCount());
        }
        if (wasTakenOver(read)) {
            read.passedOver().forEach(this::count);
        }
    }

    /** Tells whether a target served to the end, and was not itself left without another to take its place. */
    private static boolean wasTakenOver(ReadResult read) {
        return read.servedBy() != null
                && read.passedOver().stream().noneMatch(left -> left.target().equals(read.servedBy()));
    }

    private static String outcome(@Nullable IOException failure) {
        return failure == null ? OK : tag(ReadFailureReason.of(failure));
    }

    private static String tag(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private void count(PassedOver left) {
        fallbacks
                .withTags("target", left.target(), "reason", tag(left.reason()))
                .increment();
    }

    @Override
    public void refilled(Refill refill) {
        String outcome = refill.failure() == null ? OK : tag(ReadFailureReason.FAILED);
        refills.withTags("target", refill.target(), "outcome", outcome).increment();
    }
}
