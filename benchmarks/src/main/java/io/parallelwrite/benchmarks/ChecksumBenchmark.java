package io.parallelwrite.benchmarks;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.RunningChecksum;
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
import org.openjdk.jmh.annotations.Warmup;

/** What a checksum costs on its own. Every target and the writer itself take one of all bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChecksumBenchmark {

    /** Which one; the writer uses the first. */
    @Param({"CRC32C", "SHA256", "MD5"})
    public ChecksumAlgorithm algorithm = ChecksumAlgorithm.CRC32C;

    /** How many bytes it is taken of. */
    @Param({"100", "65536", "1048576"})
    public int byteCount;

    private byte[] content = new byte[0];

    /** Makes the content, once its size is known. */
    @Setup
    public void generate() {
        content = GeneratedContent.bytes(byteCount);
    }

    /**
     * Takes the checksum.
     *
     * @return what it is
     */
    @Benchmark
    public Checksum checksum() {
        RunningChecksum running = RunningChecksum.of(algorithm);
        running.update(content, 0, content.length);
        return running.value();
    }
}
