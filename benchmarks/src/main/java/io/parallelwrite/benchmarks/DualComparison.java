package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes to a disk and to S3 at once, and to each alone through the same code; the ratio is the time of both divided by
 * that of the slower one alone, in the same round.
 *
 * <p>All sides run in this process; each round begins with another of them. What a side wrote is deleted before the next
 * begins.
 */
final class DualComparison {

    private static final List<Side> SIDES = List.of(Side.LOCAL, Side.S3, Side.BOTH);

    private final Arguments arguments;
    private final Setting setting;
    private final Map<Side, SideSamples> samples = new EnumMap<>(Side.class);
    private final Samples ratios = new Samples();

    DualComparison(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
        SIDES.forEach(side -> samples.put(side, new SideSamples()));
    }

    void run() throws IOException {
        for (Side side : SIDES) {
            try (Writing writing = open(side)) {
                SideProcess.warmUp(writing, arguments.size().toBytes());
            }
        }
        for (int i = 0; i < arguments.repeats(); i++) {
            round(i);
        }
        print();
    }

    private void round(int number) throws IOException {
        List<Side> order = new ArrayList<>(SIDES);
        Collections.rotate(order, number);
        Map<Side, Double> seconds = new EnumMap<>(Side.class);
        for (Side side : order) {
            try (Writing writing = open(side)) {
                Measured measured = Measured.write(writing, arguments.size().toBytes());
                samples.get(side).add(measured);
                seconds.put(side, measured.seconds());
            }
        }
        double ratio = seconds.get(Side.BOTH) / Math.max(seconds.get(Side.LOCAL), seconds.get(Side.S3));
        ratios.add(ratio);
        System.out.printf(Locale.ROOT, "round %d: %s, ratio %.3f%n", number + 1, seconds, ratio);
    }

    private Writing open(Side side) throws IOException {
        return side.open(setting.endpoint(), setting.localDirectory());
    }

    private void print() {
        System.out.println("| server | size | rounds | local alone, s | S3 alone, s | both, s | both ÷ slower alone |");
        System.out.println("|---|---|---|---|---|---|---|");
        System.out.printf(
                "| %s | %s | %d | %s | %s | %s | %s |%n",
                arguments.serverText(),
                arguments.sizeText(),
                arguments.repeats(),
                samples.get(Side.LOCAL).seconds(),
                samples.get(Side.S3).seconds(),
                samples.get(Side.BOTH).seconds(),
                ratios);
    }
}
