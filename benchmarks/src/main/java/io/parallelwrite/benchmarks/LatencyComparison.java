package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Writes a small object to a disk and to S3 at once, and to each alone through the same code, over and over; the ratio is
 * the time of both divided by that of the slower one alone, in the same round.
 *
 * <p>A round is the median of some writes of each side; a single one says little where a disk is synced. Connections stay
 * open. Each round begins with another side.
 */
final class LatencyComparison {

    private static final int WRITES_PER_ROUND = 20;
    private static final int WARM_UP_WRITES = 1000;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double NANOS_PER_MILLI = 1e6;

    /** One way to write, with its connections. */
    private record Contender(Side side, Writing writing, Samples all, Samples rounds) {}

    private final Arguments arguments;
    private final Setting setting;
    private final Samples ratios = new Samples();

    LatencyComparison(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        try (Writing local = Side.LOCAL.open(setting.place(arguments.content()));
                Writing s3 = Side.S3.open(setting.place(arguments.content()));
                Writing both = Side.BOTH.open(setting.place(arguments.content()))) {
            List<Contender> contenders =
                    List.of(contender(Side.LOCAL, local), contender(Side.S3, s3), contender(Side.BOTH, both));
            for (Contender contender : contenders) {
                warmUp(contender);
            }
            List<Contender> order = new ArrayList<>(contenders);
            for (int i = 1; i <= arguments.repeats(); i++) {
                round(contenders, order);
                Collections.rotate(order, 1);
            }
            print(contenders);
        }
    }

    private void warmUp(Contender contender) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < WARM_UP_WRITES && System.nanoTime() - start < WARM_UP_NANOS; i++) {
            write(contender);
        }
    }

    private static Contender contender(Side side, Writing writing) {
        return new Contender(side, writing, new Samples(), new Samples());
    }

    private void round(List<Contender> contenders, List<Contender> order) throws IOException {
        for (Contender contender : order) {
            Samples writes = new Samples();
            for (int i = 0; i < WRITES_PER_ROUND; i++) {
                double millis = write(contender);
                writes.add(millis);
                contender.all().add(millis);
            }
            contender.rounds().add(writes.median());
        }
        double slowerAlone = Math.max(
                contenders.get(0).rounds().last(), contenders.get(1).rounds().last());
        ratios.add(contenders.get(2).rounds().last() / slowerAlone);
    }

    private double write(Contender contender) throws IOException {
        long start = System.nanoTime();
        contender.writing().write("object", arguments.size().toBytes());
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        contender.writing().delete("object");
        return millis;
    }

    private void print(List<Contender> contenders) {
        System.out.println("| server | size | rounds of " + WRITES_PER_ROUND
                + " | side | medians of rounds, ms | p50 / p90 / p99 of all, ms | both ÷ slower alone |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Contender contender : contenders) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %s | %s | %.2f / %.2f / %.2f | %s |%n",
                    arguments.serverText(),
                    arguments.sizeText(),
                    arguments.repeats(),
                    contender.side(),
                    contender.rounds(),
                    contender.all().percentile(50),
                    contender.all().percentile(90),
                    contender.all().percentile(99),
                    contender.side() == Side.BOTH ? ratios : "");
        }
    }
}
