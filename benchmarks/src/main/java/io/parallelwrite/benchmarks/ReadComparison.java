package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.compare.CopyInputStream;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.ReadMode;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * Reads two local copies of one object in step, and each alone through the same code; the ratio is the time of both divided
 * by that of the slower one alone, in the same round.
 *
 * <p>What is read is in the system's cache, so that the disk, which is one for both copies, hides nothing. Each round begins
 * with another side. The bytes are thrown away.
 */
final class ReadComparison implements AutoCloseable {

    private static final String PATH = "object";

    private final long byteCount;
    private final int rounds;
    private final Path directory;
    private final Contender first;
    private final Contender second;
    private final Contender both;
    private final List<Contender> order;
    private final Samples ratios = new Samples();

    /** One way to read. */
    private record Contender(ParallelResourceWriter writer, ReadMode mode, SideSamples samples) {

        Measured read(long byteCount) throws IOException {
            return Measured.of(() -> {
                ParallelResourceReader reader = writer.reader();
                try (CopyInputStream in = reader.open(PATH, mode)) {
                    if (in.transferTo(OutputStream.nullOutputStream()) != byteCount) {
                        throw new IOException("Not read to its end: " + in.servedBy() + ", " + in.passedOver());
                    }
                }
            });
        }
    }

    ReadComparison(Arguments arguments) throws IOException {
        this.byteCount = arguments.size().toBytes();
        this.rounds = arguments.repeats();
        this.directory = Files.createTempDirectory(Files.createDirectories(arguments.directory()), "copies-");
        this.first = new Contender(writer("first"), ReadMode.FAIL_OVER, new SideSamples());
        this.second = new Contender(writer("second"), ReadMode.FAIL_OVER, new SideSamples());
        this.both = new Contender(writer("first", "second"), ReadMode.COMPARE, new SideSamples());
        this.order = new ArrayList<>(List.of(first, second, both));
    }

    private ParallelResourceWriter writer(String... names) throws IOException {
        var builder = ParallelResourceWriter.builder();
        for (String name : names) {
            builder.target(new FileTarget(name, directory.resolve(name), FileTargetSettings.defaults()));
        }
        return builder.build();
    }

    void run() throws IOException {
        GeneratedContent content = new GeneratedContent();
        both.writer().write(PATH, out -> content.writeTo(out, byteCount));
        for (int i = 0; i < 2; i++) { // so that the code is compiled and the bytes are in the cache
            for (Contender contender : order) {
                contender.read(byteCount);
            }
        }
        for (int i = 1; i <= rounds; i++) {
            round(i);
            Collections.rotate(order, 1);
        }
        print();
    }

    private void round(int number) throws IOException {
        for (Contender contender : order) {
            contender.samples().add(contender.read(byteCount));
        }
        double firstSeconds = first.samples().lastSeconds();
        double secondSeconds = second.samples().lastSeconds();
        double bothSeconds = both.samples().lastSeconds();
        double ratio = bothSeconds / Math.max(firstSeconds, secondSeconds);
        ratios.add(ratio);
        System.out.printf(
                Locale.ROOT,
                "round %d: first %.3f s, second %.3f s, both %.3f s, ratio %.3f%n",
                number,
                firstSeconds,
                secondSeconds,
                bothSeconds,
                ratio);
    }

    private void print() {
        System.out.println("| size | rounds | first alone, s | second alone, s | both in step, s"
                + " | both ÷ slower alone | peaks of one and of both: heap / after a collection / resident, MiB |");
        System.out.println("|---|---|---|---|---|---|---|");
        System.out.printf(
                "| %d MiB | %d | %s | %s | %s | %s | %s; %s |%n",
                byteCount >> 20,
                rounds,
                first.samples().seconds(),
                second.samples().seconds(),
                both.samples().seconds(),
                ratios,
                first.samples().memory(),
                both.samples().memory());
    }

    @Override
    public void close() throws IOException {
        for (Contender contender : List.of(first, second, both)) {
            contender.writer().close();
        }
        FileSystemUtils.deleteRecursively(directory);
    }
}
