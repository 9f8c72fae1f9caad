package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import software.amazon.awssdk.core.util.VersionInfo;

/**
 * Compares sides, one after the other in turn, and prints rows of a Markdown table. Most write large objects to a disk and
 * to an S3 server in another process.
 */
public final class EndToEnd {

    private static final String USAGE = """
            Usage: jmh [options of JMH]
               or: dual | peers | latency | s3 | memory | read | backfill | jitter | concurrency | calls, and
              --size=1GB                 the size of the object; of the largest for backfill
              --repeats=5                how many rounds; the only option of calls
              --server=s3proxy|discard   a real server, or one that throws every body away
              --rate=100MB               what the one that discards, or a jittery target, takes in a second
              --delay=20                 by how many milliseconds the one that discards delays each answer
              --dir=<directory>          where the local target is; the temporary directory if not given
              --s3-dir=<directory>       where S3Proxy keeps its objects; the same if not given
              --heap=512m                the heap of each side in a process of its own (s3, memory, concurrency, backfill)
              --piece=64KB               what one call of write gets (peers, jitter)
              --objects=10000            how many objects (backfill)
              --concurrency=4            how many of them at once (backfill)
            """;

    private EndToEnd() {}

    /**
     * Runs one comparison.
     *
     * @param args its name and its options
     * @throws IOException if it could not be run
     */
    public static void main(String[] args) throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage() + System.lineSeparator() + USAGE);
            return;
        }
        describeMachine();
        describeLoad();
        arguments.comparison().run(arguments);
        describeLoad();
    }

    private static void describeMachine() {
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %s %s, %d processors, AWS SDK %s%n",
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                VersionInfo.SDK_VERSION);
    }

    private static void describeLoad() {
        System.out.printf(
                Locale.ROOT,
                "Load average of the last minute: %.2f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
