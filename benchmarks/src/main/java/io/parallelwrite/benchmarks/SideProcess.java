package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Measures one side in a JVM of its own, where its heap is its own and limited.
 *
 * <p>The side writes a smaller object first, which is not measured.
 */
public final class SideProcess {

    private static final String RESULT = "measured ";
    private static final long MAX_WARM_UP_BYTES = 128L << 20;

    private SideProcess() {}

    /**
     * Called in the process: measures, and prints one line.
     *
     * @param args the side, the endpoint, the directory, the number of bytes
     * @throws IOException if the side failed
     */
    public static void main(String[] args) throws IOException {
        long byteCount = Long.parseLong(args[3]);
        try (Writing writing = Side.valueOf(args[0]).open(URI.create(args[1]), Path.of(args[2]))) {
            warmUp(writing, byteCount);
            System.out.println(RESULT + Measured.write(writing, byteCount).line());
        }
    }

    /** Writes an object that is not measured, so that classes are loaded, code is compiled and connections are open. */
    static void warmUp(Writing writing, long byteCount) throws IOException {
        writing.write("warm-up", Math.min(byteCount, MAX_WARM_UP_BYTES));
        writing.delete("warm-up");
    }

    /** Runs the process. Empty if the side failed: then it has said why. */
    static Optional<Measured> measure(Side side, Arguments arguments, Setting setting) throws IOException {
        List<String> command = JavaProcess.command(
                arguments.heap(),
                SideProcess.class,
                List.of(
                        side.name(),
                        setting.endpoint().toString(),
                        setting.localDirectory().toString(),
                        Long.toString(arguments.size().toBytes())));
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
