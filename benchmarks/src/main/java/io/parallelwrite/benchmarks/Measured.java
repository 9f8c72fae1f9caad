package io.parallelwrite.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What one write or read of one object cost.
 *
 * @param nanos from the first byte until the object was visible, or read
 * @param cpuNanos processor time of this process, not of the server
 * @param peakHeapBytes the most heap used at once, garbage included
 * @param peakAfterGcBytes the most heap a collection left, or 0 if there was none
 * @param peakRssBytes the most memory the process ever had, or -1 if the system does not tell
 * @param leastLiveBytes the least heap in use after a full collection on the way, or 0 if that was not looked at
 * @param mostLiveBytes the most, or 0
 */
record Measured(
        long nanos,
        long cpuNanos,
        long peakHeapBytes,
        long peakAfterGcBytes,
        long peakRssBytes,
        long leastLiveBytes,
        long mostLiveBytes) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_RSS = "VmHWM:";

    /** What is measured. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    /** Writes an object and deletes it again. */
    static Measured write(Writing writing, long byteCount) throws IOException {
        writing.provide("object", byteCount);
        Measured measured = of(() -> writing.write("object", byteCount));
        writing.delete("object");
        return measured;
    }

    /** Does something once. */
    static Measured of(Task task) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (HeapWatch heap = new HeapWatch()) {
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            task.run();
            return new Measured(
                    System.nanoTime() - start,
                    system.getProcessCpuTime() - cpu,
                    heap.peakBytes(),
                    heap.peakAfterGcBytes(),
                    readPeakRssBytes(),
                    0,
                    0);
        }
    }

    private static long readPeakRssBytes() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK_RSS))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(-1);
    }

    Measured withLiveBytes(long least, long most) {
        return new Measured(nanos, cpuNanos, peakHeapBytes, peakAfterGcBytes, peakRssBytes, least, most);
    }

    double seconds() {
        return nanos / 1e9;
    }

    double cpuSeconds() {
        return cpuNanos / 1e9;
    }

    /** Returns a line that {@link #parse} reads, to hand the values to another process. */
    String line() {
        return LongStream.of(
                        nanos, cpuNanos, peakHeapBytes, peakAfterGcBytes, peakRssBytes, leastLiveBytes, mostLiveBytes)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Measured parse(String line) {
        long[] values =
                Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Measured(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
