package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures one side in a JVM of its own, where its heap is its own and limited.
 *
 * <p>The side writes another object first, or several, which are not measured.
 */
public final class SideProcess {

    private static final String RESULT = "measured ";
    private static final long MAX_WARM_UP_BYTES = 128L << 20;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private SideProcess() {}

    /**
     * Called in the process: measures, and prints one line.
     *
     * @param args the side, the endpoint, the directory, the number of bytes, and whether to look at the memory in use
     * @throws IOException if the side failed
     */
    public static void main(String[] args) throws IOException {
        long byteCount = Long.parseLong(args[3]);
        ProbedContent probed = new ProbedContent(new GeneratedContent());
        boolean probes = Boolean.parseBoolean(args[4]);
        Content content = probes ? probed : new GeneratedContent();
        try (Writing writing = Side.valueOf(args[0]).open(new Place(URI.create(args[1]), Path.of(args[2]), content))) {
            warmUp(writing, byteCount);
            Measured measured = Measured.write(writing, byteCount);
            System.out.println(RESULT
                    + (probes ? measured.withLiveBytes(probed.leastBytes(), probed.mostBytes()) : measured).line());
        }
    }

    /**
     * Writes what is not measured, so that classes are loaded, code is compiled and connections are open: one object, or of
     * small ones as many as two seconds allow.
     */
    static void warmUp(Writing writing, long byteCount) throws IOException {
        long warmUpByteCount = Math.min(byteCount, MAX_WARM_UP_BYTES);
        long start = System.nanoTime();
        do {
            writing.provide("warm-up", warmUpByteCount);
            writing.write("warm-up", warmUpByteCount);
            writing.delete("warm-up");
        } while (byteCount < MAX_WARM_UP_BYTES && System.nanoTime() - start < WARM_UP_NANOS);
    }

    /** Runs the process. Empty if the side failed: then it has said why. */
    static Optional<Measured> measure(Side side, Arguments arguments, Setting setting) throws IOException {
        return measure(side, arguments, setting, false);
    }

    /** Runs the process, which looks at the memory in use meanwhile. Empty if the side failed: then it has said why. */
    static Optional<Measured> measureMemory(Side side, Arguments arguments, Setting setting) throws IOException {
        return measure(side, arguments, setting, true);
    }

    private static Optional<Measured> measure(Side side, Arguments arguments, Setting setting, boolean probes)
            throws IOException {
        List<String> command = JavaProcess.command(
                arguments.heap(),
                SideProcess.class,
                List.of(
                        side.name(),
                        setting.endpoint().toString(),
                        setting.localDirectory().toString(),
                        Long.toString(arguments.size().toBytes()),
                        Boolean.toString(probes)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Optional<Measured> measured = process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(RESULT))
                .reduce((first, last) -> last)
                .map(line -> Measured.parse(line.substring(RESULT.length())));
        if (measured.isEmpty()) {
            System.out.println(side + ": could not run with a heap of " + arguments.heap() + ", see the error above");
        }
        return measured;
    }
}
