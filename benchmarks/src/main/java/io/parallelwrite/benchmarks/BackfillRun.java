package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Fills a directory with small objects, and has a process with a small heap bring them to an empty bucket. */
final class BackfillRun {

    private static final int SMALLEST_BYTES = 4 * 1024;
    private static final int PER_DIRECTORY = 100;
    private static final long SEED = 1;

    private final Arguments arguments;
    private final Setting setting;

    BackfillRun(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        long byteCount = fill();
        System.out.printf(
                "%d objects of %d to %d KiB, %d MiB together; heap %s, concurrency %d, server %s%n%n",
                arguments.objects(),
                SMALLEST_BYTES >> 10,
                arguments.size().toKilobytes(),
                byteCount >> 20,
                arguments.heap(),
                arguments.concurrency(),
                arguments.serverText());
        BackfillProcess.printHead();
        Process process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(System.out::println);
    }

    private List<String> command() {
        return JavaProcess.command(
                arguments.heap(),
                BackfillProcess.class,
                List.of(
                        setting.endpoint().toString(),
                        setting.localDirectory().toString(),
                        Integer.toString(arguments.concurrency())));
    }

    private long fill() throws IOException {
        Random random = new Random(SEED);
        long byteCount = 0;
        for (int i = 0; i < arguments.objects(); i++) {
            Path directory = setting.localDirectory().resolve("%05d".formatted(i / PER_DIRECTORY));
            Files.createDirectories(directory);
            byte[] bytes = new byte
                    [random.nextInt(SMALLEST_BYTES, (int) arguments.size().toBytes() + 1)];
            random.nextBytes(bytes);
            Files.write(directory.resolve("%05d.bin".formatted(i)), bytes);
            byteCount += bytes.length;
        }
        return byteCount;
    }
}
