package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Writes to a disk and to S3 at once, and to each alone through the same code; the ratio is the time of both divided by
 * that of the slower one alone, in the same round.
 *
 * <p>All sides run in this process; each round begins with another of them. What a side wrote is deleted before the next
 * begins.
 */
final class DualComparison {

    private record Contender(Side side, SideSamples samples) {}

    private final Arguments arguments;
    private final Setting setting;
    private final Contender local = new Contender(Side.LOCAL, new SideSamples());
    private final Contender s3 = new Contender(Side.S3, new SideSamples());
    private final Contender both = new Contender(Side.BOTH, new SideSamples());
    private final List<Contender> order = new ArrayList<>(List.of(local, s3, both));
    private final Samples ratios = new Samples();

    DualComparison(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        for (Contender contender : order) {
            try (Writing writing = open(contender)) {
                SideProcess.warmUp(writing, arguments.size().toBytes());
            }
        }
        for (int i = 1; i <= arguments.repeats(); i++) {
            round(i);
            Collections.rotate(order, 1);
        }
        print();
    }

    private void round(int number) throws IOException {
        for (Contender contender : order) {
            try (Writing writing = open(contender)) {
                contender.samples().add(Measured.write(writing, arguments.size().toBytes()));
            }
        }
        double localSeconds = local.samples().lastSeconds();
        double s3Seconds = s3.samples().lastSeconds();
        double bothSeconds = both.samples().lastSeconds();
        double ratio = bothSeconds / Math.max(localSeconds, s3Seconds);
        ratios.add(ratio);
        System.out.printf(
                Locale.ROOT,
                "round %d: local %.2f s, S3 %.2f s, both %.2f s, ratio %.3f%n",
                number,
                localSeconds,
                s3Seconds,
                bothSeconds,
                ratio);
    }

    private Writing open(Contender contender) throws IOException {
        return contender.side().open(setting.place(new GeneratedContent()));
    }

    private void print() {
        System.out.println("| server | size | rounds | local alone, s | S3 alone, s | both, s | both ÷ slower alone |");
        System.out.println("|---|---|---|---|---|---|---|");
        System.out.printf(
                "| %s | %s | %d | %s | %s | %s | %s |%n",
                arguments.serverText(),
                arguments.sizeText(),
                arguments.repeats(),
                local.samples().seconds(),
                s3.samples().seconds(),
                both.samples().seconds(),
                ratios);
    }
}
