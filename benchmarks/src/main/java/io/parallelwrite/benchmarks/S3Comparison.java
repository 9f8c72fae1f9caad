package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes to S3 through our target and through the default stream of Spring Cloud AWS, in turn, each time in a new process
 * with the same limit for its heap. The ratio is that of their rates, pair by pair.
 */
final class S3Comparison {

    private final Arguments arguments;
    private final Setting setting;
    private final SideSamples ours = new SideSamples();
    private final SideSamples theirs = new SideSamples();
    private final Samples ratios = new Samples();

    S3Comparison(Arguments arguments, Setting setting) {
        this.arguments = arguments;
        this.setting = setting;
    }

    void run() throws IOException {
        for (int i = 1; i <= arguments.repeats(); i++) {
            Optional<Measured> our = SideProcess.measure(Side.S3, arguments, setting);
            Optional<Measured> their = SideProcess.measure(Side.SPRING_CLOUD_AWS, arguments, setting);
            our.ifPresent(ours::add);
            their.ifPresent(theirs::add);
            if (our.isPresent() && their.isPresent()) {
                compare(i, our.get(), their.get());
            }
        }
        print();
    }

    private void compare(int pair, Measured our, Measured their) {
        double ratio = their.seconds() / our.seconds();
        ratios.add(ratio);
        System.out.printf(
                Locale.ROOT,
                "pair %d: Parallel write %.2f s, Spring Cloud AWS %.2f s, ratio %.2f%n",
                pair,
                our.seconds(),
                their.seconds(),
                ratio);
    }

    private void print() {
        System.out.printf("Rate of Parallel write ÷ rate of Spring Cloud AWS: %s%n", ratios);
        System.out.println("| server | size | heap | pairs | side | time, s | MiB/s | CPU, s |"
                + " peak MiB: heap used / after GC / resident | rate ratio |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        printRow(Side.SPRING_CLOUD_AWS, theirs, "");
        printRow(Side.S3, ours, ratios.toString());
    }

    private void printRow(Side side, SideSamples samples, String ratio) {
        System.out.printf(
                "| %s | %s | %s | %d | %s | %s | %s | %s | %s | %s |%n",
                arguments.serverText(),
                arguments.sizeText(),
                arguments.heap(),
                arguments.repeats(),
                side,
                samples.seconds(),
                samples.mebibytesPerSecond(arguments.size().toBytes()),
                samples.cpuSeconds(),
                samples.memory(),
                ratio);
    }
}
