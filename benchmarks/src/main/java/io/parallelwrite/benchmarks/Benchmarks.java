package io.parallelwrite.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.Main;

/**
 * The door: {@code jmh} runs the micro-benchmarks, every other name one of the comparisons.
 */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs one benchmark.
     *
     * @param args its name and its options; {@code jmh} takes the options of JMH
     * @throws Exception if it could not be run
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            Main.main(Arrays.copyOfRange(args, 1, args.length));
        } else {
            EndToEnd.main(args);
        }
    }
}
