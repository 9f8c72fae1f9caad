package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.WriteResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one small object costs from open to commit when two targets in memory take it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WholeWritesBenchmark {

    /** The size of the object. */
    @Param({"4096", "65536"})
    public int byteCount;

    private final ParallelResourceWriter writer = DiscardingWriters.two();
    private byte[] content = new byte[0];

    /** Makes the content, once the size is known. */
    @Setup
    public void generate() {
        content = GeneratedContent.bytes(byteCount);
    }

    /**
     * Writes one object.
     *
     * @return what became of it
     * @throws Exception if the write failed
     */
    @Benchmark
    public WriteResult write() throws Exception {
        return writer.write("object", content);
    }

    /**
     * Ends the threads of the writer.
     *
     * @throws Exception if the writer could not be closed
     */
    @TearDown
    public void close() throws Exception {
        writer.close();
    }
}
