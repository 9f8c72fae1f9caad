package io.parallelwrite.benchmarks;

import java.util.Locale;

/** All that was measured of one side. Not thread-safe. */
final class SideSamples {

    private static final double MEBIBYTE = 1 << 20;

    private final Samples seconds = new Samples();
    private final Samples cpuSeconds = new Samples();
    private long peakHeapBytes;
    private long peakAfterGcBytes;
    private long peakRssBytes;
    private long leastLiveBytes = Long.MAX_VALUE;
    private long mostLiveBytes;
    private double lastRssBytes;
    private int count;

    void add(Measured measured) {
        count++;
        lastRssBytes = measured.peakRssBytes();
        seconds.add(measured.seconds());
        cpuSeconds.add(measured.cpuSeconds());
        peakHeapBytes = Math.max(peakHeapBytes, measured.peakHeapBytes());
        peakAfterGcBytes = Math.max(peakAfterGcBytes, measured.peakAfterGcBytes());
        peakRssBytes = Math.max(peakRssBytes, measured.peakRssBytes());
        leastLiveBytes = Math.min(leastLiveBytes, measured.leastLiveBytes());
        mostLiveBytes = Math.max(mostLiveBytes, measured.mostLiveBytes());
    }

    /** Returns how often it was measured. */
    int count() {
        return count;
    }

    double lastRssBytes() {
        return lastRssBytes;
    }

    double lastSeconds() {
        return seconds.last();
    }

    String seconds() {
        return seconds.toString();
    }

    String cpuSeconds() {
        return cpuSeconds.toString();
    }

    /** Returns the rate of the median. */
    String mebibytesPerSecond(long byteCount) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%.0f", byteCount / MEBIBYTE / seconds.median());
    }

    /** Returns the peaks over all writes in MiB: heap used, heap after a collection, resident memory. */
    String memory() {
        return count == 0
                ? ""
                : mebibytes(peakHeapBytes) + " / " + mebibytes(peakAfterGcBytes) + " / " + mebibytes(peakRssBytes);
    }

    /** Returns the least and the most heap in use after a full collection on the way, in MiB. */
    String liveMemory() {
        return count == 0 ? "" : mebibytes(leastLiveBytes) + "–" + mebibytes(mostLiveBytes);
    }

    private static String mebibytes(long byteCount) {
        return byteCount <= 0 ? "–" : String.format(Locale.ROOT, "%.0f", byteCount / MEBIBYTE);
    }
}
