package io.parallelwrite.benchmarks;

import java.io.IOException;

/** Writes an object much larger than the heap to a disk and to S3, in a new process each time. */
final class MemoryRun {

    private final Arguments arguments;
    private final Setting setting;

    MemoryRun(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        SideSamples samples = new SideSamples();
        for (int i = 0; i < arguments.repeats(); i++) {
            SideProcess.measureMemory(Side.BOTH, arguments, setting).ifPresent(samples::add);
        }
        System.out.println("| server | size | heap | runs | time, s | MiB/s | peak MiB: heap used / after GC / resident"
                + " | MiB in use, least and most of ten looks |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        System.out.printf(
                "| %s | %s | %s | %d | %s | %s | %s | %s |%n",
                arguments.serverText(),
                arguments.sizeText(),
                arguments.heap(),
                arguments.repeats(),
                samples.seconds(),
                samples.mebibytesPerSecond(arguments.size().toBytes()),
                samples.memory(),
                samples.liveMemory());
    }
}
