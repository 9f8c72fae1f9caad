package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * One row of a {@link ConcurrencyRun}, in a JVM of its own: its heap and its threads are its own.
 *
 * <p>The writer has its default settings, but for how long a write waits for its turn.
 */
public final class ConcurrencyProcess {

    static final String RESULT = "cells ";

    private static final Duration ADMISSION = Duration.ofMinutes(10);
    private static final int WARM_UP_CALLERS = 32;
    private static final Pattern WORKER = Pattern.compile("parallel-write-\\d+");
    private static final double MEBIBYTE = 1 << 20;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AtomicLong workers = new AtomicLong();

    private ConcurrencyProcess() {}

    /**
     * Called in the process: measures, and prints one line with the cells of the row.
     *
     * @param args the targets, the endpoint, the directory, the number of callers, the kind of their threads, the number of
     *     bytes of an object
     * @throws Exception if it could not be measured
     */
    public static void main(String[] args) throws Exception {
        TargetPair pair = TargetPair.valueOf(args[0]);
        List<Target> targets = pair.targets(URI.create(args[1]), Path.of(args[2]));
        int callers = Integer.parseInt(args[3]);
        byte[] content = GeneratedContent.bytes(Integer.parseInt(args[5]));
        EngineSettings settings = EngineSettings.defaults();
        settings = settings.withMaxOpenWrites(settings.maxOpenWrites(), ADMISSION);
        try (ParallelResourceWriter writer = ParallelResourceWriter.builder()
                .targets(targets)
                .settings(settings)
                .build()) {
            int warmUpWrites = pair.writes() / WARM_UP_CALLERS;
            new ConcurrentWrites(writer, content, WARM_UP_CALLERS, warmUpWrites)
                    .run(Callers.PLATFORM, () -> {}, () -> {});
            ConcurrentWrites writes =
                    new ConcurrentWrites(writer, content, callers, Math.max(1, pair.writes() / callers));
            int configured = targets.size() * settings.workersPerTarget();
            System.out.println(RESULT
                    + new ConcurrencyProcess().measure(writes, Callers.valueOf(args[4]), callers, configured)
                    + " | " + settings.maxOpenWrites());
        }
        System.exit(0); // the client of S3 would hold the process for a while
    }

    private String measure(ConcurrentWrites writes, Callers kind, int callers, int configuredWorkers)
            throws InterruptedException, IOException {
        try (HeapWatch heap = new HeapWatch()) {
            double seconds = writes.run(kind, threads::resetPeakThreadCount, this::countWorkers);
            Exception failure = writes.firstFailure();
            if (failure != null) {
                failure.printStackTrace();
            }
            Samples millis = writes.millis();
            return String.format(
                    Locale.ROOT,
                    "%.0f | %.2f / %.2f / %.2f | %d | %d of %d | %d | %.0f",
                    millis.count() / seconds,
                    millis.percentile(50),
                    millis.percentile(99),
                    millis.percentile(100),
                    writes.failures(),
                    workers.get(),
                    configuredWorkers,
                    threads.getPeakThreadCount() - (kind == Callers.PLATFORM ? callers : 0),
                    heap.peakBytes() / MEBIBYTE);
        }
    }

    /** Idle workers stay for long enough to be counted here. */
    private void countWorkers() {
        workers.set(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> WORKER.matcher(thread.getName()).matches())
                .count());
    }
}
