package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.ParallelResourceWriterBuilder;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.Target;
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

/**
 * What the engine costs: one object, from open to commit, in calls of one size, to targets in memory.
 *
 * <p>With {@code -prof gc} and two sizes of the object, the difference of what they allocate is what each further chunk
 * costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {

    /** What the targets do with the bytes. */
    public enum Sink {
        /** Checksum and count them. */
        DISCARD {
            @Override
            Target target(String name) {
                return new DiscardingTarget(name);
            }
        },
        /** Keep them. */
        MEMORY {
            @Override
            Target target(String name) {
                return new MemoryTarget(name);
            }
        };

        abstract Target target(String name);
    }

    /** What the targets do. */
    @Param({"DISCARD", "MEMORY"})
    public Sink sink = Sink.DISCARD;

    /** How many targets there are. */
    @Param({"1", "2", "4", "8"})
    public int targets;

    /** How many bytes one call of {@code write} gets. */
    @Param({"1", "100", "8192", "65536", "1048576"})
    public int chunk;

    /** How many bytes the object has. */
    @Param("8388608")
    public long byteCount;

    private ParallelResourceWriter writer = DiscardingWriters.two();
    private Content content = new GeneratedContent();

    /**
     * Makes the writer, once the parameters are known.
     *
     * @throws Exception if it could not be made
     */
    @Setup
    public void open() throws Exception {
        writer.close();
        ParallelResourceWriterBuilder builder = ParallelResourceWriter.builder();
        for (int i = 0; i < targets; i++) {
            builder.target(sink.target("t" + i));
        }
        writer = builder.build();
        content = new GeneratedContent(chunk);
    }

    /**
     * Writes one object.
     *
     * @return what became of it
     * @throws Exception if the write failed
     */
    @Benchmark
    public WriteResult write() throws Exception {
        return writer.write("object", out -> content.writeTo(out, byteCount));
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
