package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Writes to S3 through our target and through what else a program could use, in turn, each time in a new process with the
 * same limit for its heap. The ratio is that of our rate to theirs, round by round.
 */
final class S3Comparison {

    private final Arguments arguments;
    private final Setting setting;
    private final Contender ours = new Contender(Side.S3);
    private final List<Contender> theirs = List.of(
            new Contender(Side.S3_CRT_HTTP),
            new Contender(Side.SPRING_CLOUD_AWS),
            new Contender(Side.TRANSFER_MANAGER),
            new Contender(Side.CRT));

    /** A side and what it has shown. */
    private static final class Contender {

        private final Side side;
        private final SideSamples samples = new SideSamples();
        private final Samples rateRatio = new Samples();
        private final Samples rssRatio = new Samples();

        Contender(Side side) {
            this.side = side;
        }
    }

    S3Comparison(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        List<Contender> order = new ArrayList<>(List.of(ours));
        order.addAll(theirs);
        for (int i = 1; i <= arguments.repeats(); i++) {
            round(i, order);
            Collections.rotate(order, 1);
        }
        print();
    }

    private void round(int number, List<Contender> order) throws IOException {
        for (Contender contender : order) {
            SideProcess.measure(contender.side, arguments, setting).ifPresent(contender.samples::add);
        }
        for (Contender their : theirs) {
            if (ours.samples.count() == number && their.samples.count() == number) {
                compare(number, their);
            }
        }
    }

    private void compare(int round, Contender their) {
        their.rateRatio.add(their.samples.lastSeconds() / ours.samples.lastSeconds());
        their.rssRatio.add(ours.samples.lastRssBytes() / their.samples.lastRssBytes());
        System.out.printf(
                Locale.ROOT,
                "round %d: Parallel write %.2f s, %s %.2f s, ratio %.2f%n",
                round,
                ours.samples.lastSeconds(),
                their.side,
                their.samples.lastSeconds(),
                their.rateRatio.last());
    }

    private void print() {
        System.out.println("| server | size | heap | rounds | side | time, s | MiB/s | CPU, s |"
                + " peak MiB: heap used / after GC / resident | our rate ÷ this | our resident ÷ this |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        print(ours);
        theirs.forEach(this::print);
    }

    private void print(Contender contender) {
        System.out.printf(
                "| %s | %s | %s | %d | %s | %s | %s | %s | %s | %s | %s |%n",
                arguments.serverText(),
                arguments.sizeText(),
                arguments.heap(),
                arguments.repeats(),
                contender.side,
                contender.samples.seconds(),
                contender.samples.mebibytesPerSecond(arguments.size().toBytes()),
                contender.samples.cpuSeconds(),
                contender.samples.memory(),
                contender.rateRatio,
                contender.rssRatio);
    }
}
