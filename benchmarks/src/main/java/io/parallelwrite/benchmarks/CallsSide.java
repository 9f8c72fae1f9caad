package io.parallelwrite.benchmarks;

import java.io.IOException;

/** One way to call many handles at once, which keeps its handles from measurement to measurement. Not thread-safe. */
interface CallsSide extends AutoCloseable {

    /** Calls for a while and returns how many calls a second that were. */
    double callsPerSecond(BarrierCall call, int handles, double seconds) throws IOException;

    @Override
    void close() throws IOException;
}
