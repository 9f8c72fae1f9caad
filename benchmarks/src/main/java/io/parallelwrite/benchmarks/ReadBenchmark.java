package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.compare.CopyInputStream;
import io.parallelwrite.compare.ReadMode;
import io.parallelwrite.target.MemoryTarget;
import java.io.IOException;
import java.io.OutputStream;
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

/** What reading an object costs, from one of two copies in memory or from both in step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadBenchmark {

    /** Whether one copy is read or both. */
    @Param({"FAIL_OVER", "COMPARE"})
    public ReadMode mode = ReadMode.FAIL_OVER;

    /** How many bytes the object has. */
    @Param({"4096", "8388608"})
    public long byteCount;

    private final ParallelResourceWriter writer = open();

    private static ParallelResourceWriter open() {
        try {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTarget("one"))
                    .target(new MemoryTarget("two"))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("Targets in memory have nothing to initialize", e);
        }
    }

    /**
     * Writes the object, once its size is known.
     *
     * @throws Exception if it could not be written
     */
    @Setup
    public void write() throws Exception {
        Content content = new GeneratedContent();
        writer.write("object", out -> content.writeTo(out, byteCount));
    }

    /**
     * Reads the object.
     *
     * @return how many bytes it had
     * @throws Exception if it could not be read
     */
    @Benchmark
    public long read() throws Exception {
        try (CopyInputStream in = writer.reader().open("object", mode)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Ends the threads of the writer.
     *
     * @throws Exception if it could not be closed
     */
    @TearDown
    public void close() throws Exception {
        writer.close();
    }
}
