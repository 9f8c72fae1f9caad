package io.parallelwrite.benchmarks;

import io.parallelwrite.handle.ParallelByteChannel;
import io.parallelwrite.handle.ParallelCalls;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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

/** What one call costs that reaches all of some channels in memory before it returns. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HandlesBenchmark {

    /** What makes one of many. */
    public enum Driver {
        /** The channel. */
        CHANNEL {
            @Override
            SeekableByteChannel over(int handles) throws IOException {
                return ParallelByteChannel.of(JavaCalls.channels(handles));
            }
        },
        /** A proxy of their interface. */
        PROXY {
            @Override
            SeekableByteChannel over(int handles) throws IOException {
                return ParallelCalls.proxy(SeekableByteChannel.class, JavaCalls.channels(handles));
            }
        };

        abstract SeekableByteChannel over(int handles) throws IOException;
    }

    /** What makes one of many. */
    @Param({"CHANNEL", "PROXY"})
    public Driver driver = Driver.CHANNEL;

    /** How many channels there are. */
    @Param({"2", "8", "128"})
    public int handles;

    private ChannelCalls calls = new ChannelCalls(new InMemoryChannel(0));

    /**
     * Opens the channels, once their number is known.
     *
     * @throws Exception if they could not be opened
     */
    @Setup
    public void open() throws Exception {
        calls = new ChannelCalls(driver.over(handles));
    }

    /**
     * Asks where the channels are.
     *
     * @throws Exception if the call failed
     */
    @Benchmark
    public void position() throws Exception {
        calls.position();
    }

    /**
     * Writes 1 KiB.
     *
     * @throws Exception if the call failed
     */
    @Benchmark
    public void write() throws Exception {
        calls.write();
    }

    /**
     * Ends the threads.
     *
     * @throws Exception if they could not be ended
     */
    @TearDown
    public void close() throws Exception {
        calls.close();
    }
}
