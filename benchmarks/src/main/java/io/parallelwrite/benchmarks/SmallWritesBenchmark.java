package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.stream.ParallelOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one write of 100 bytes costs when two places in memory take it.
 *
 * <p>One invocation is one whole object of 10,000 writes. On our side that includes opening it, waiting for both targets
 * to take everything, comparing their receipts and the commit; the result is the time for each of the writes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SmallWritesBenchmark {

    private static final int WRITES = 10_000;

    private final byte[] written = GeneratedContent.bytes(100);
    private final ParallelResourceWriter writer = DiscardingWriters.two();
    private final List<CheckedOutputStream> checksums = List.of(checksumming(), checksumming());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final BarrierFanOut barrier = new BarrierFanOut(pool, checksums);

    private static CheckedOutputStream checksumming() {
        return new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
    }

    /**
     * Writes through our stream.
     *
     * @return what became of the object
     * @throws Exception if a write failed
     */
    @Benchmark
    @OperationsPerInvocation(WRITES)
    public WriteResult parallelOutputStream() throws Exception {
        try (ParallelOutputStream out = writer.open("object")) {
            for (int i = 0; i < WRITES; i++) {
                out.write(written);
            }
            return out.commit();
        }
    }

    /**
     * Writes through a barrier per call, built on {@code invokeAll}.
     *
     * @return the checksum of both copies
     * @throws Exception if a write failed
     */
    @Benchmark
    @OperationsPerInvocation(WRITES)
    public long barrierWithInvokeAll() throws Exception {
        for (int i = 0; i < WRITES; i++) {
            barrier.write(written);
        }
        return checksum();
    }

    /**
     * Writes through a barrier per call, built on {@code CompletableFuture}.
     *
     * @return the checksum of both copies
     */
    @Benchmark
    @OperationsPerInvocation(WRITES)
    public long barrierWithFutures() {
        for (int i = 0; i < WRITES; i++) {
            barrier.writeWithFutures(written);
        }
        return checksum();
    }

    /** Returns the checksum, after both were found equal. */
    private long checksum() {
        long first = checksums.get(0).getChecksum().getValue();
        if (checksums.get(1).getChecksum().getValue() != first) {
            throw new IllegalStateException("The copies differ");
        }
        return first;
    }

    /**
     * Ends the threads of both sides.
     *
     * @throws Exception if the writer could not be closed
     */
    @TearDown
    public void close() throws Exception {
        writer.close();
        pool.shutdown();
    }
}
