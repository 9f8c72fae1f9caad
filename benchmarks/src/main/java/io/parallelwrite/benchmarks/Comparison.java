package io.parallelwrite.benchmarks;

import java.io.IOException;

/** The comparisons. */
enum Comparison {
    /** A disk and S3 together against the slower of the two alone. */
    DUAL("1GB", "7", "512m", withServer((arguments, setting) -> new DualComparison(arguments, setting).run())),
    /** Our S3 target against what else writes to S3. */
    S3("1GB", "5", "512m", withServer((arguments, setting) -> new S3Comparison(arguments, setting).run())),
    /** A disk and S3 together against what else could be used to write to both. */
    PEERS("64MB", "5", "512m", withServer((arguments, setting) -> new PeersComparison(arguments, setting).run())),
    /** A small object on a disk and in S3 against the slower of the two alone. */
    LATENCY("4KB", "50", "512m", withServer((arguments, setting) -> new LatencyComparison(arguments, setting).run())),
    /** Targets whose speed varies against the slowest alone. */
    JITTER("64MB", "3", "512m", arguments -> new JitterComparison(arguments).run()),
    /** Many writes at once. */
    CONCURRENCY("16KB", "1", "512m", withServer((arguments, setting) -> new ConcurrencyRun(arguments, setting).run())),
    /** A large object through a small heap. */
    MEMORY("4GB", "1", "96m", withServer((arguments, setting) -> new MemoryRun(arguments, setting).run())),
    /** Two local copies read in step against the slower one alone. */
    READ("1GB", "9", "512m", Comparison::read),
    /** Many small objects from a disk to an empty S3. */
    BACKFILL("64KB", "1", "64m", withServer((arguments, setting) -> new BackfillRun(arguments, setting).run())),
    /** Barrier calls on handles in memory against those of a Python package. */
    CALLS("0", "7", "512m", arguments -> new CallsComparison(arguments.repeats()).run());

    /** What is run. */
    private interface Program {
        void run(Arguments arguments) throws IOException;
    }

    /** What is run beside a server that has been started for it. */
    private interface ServedProgram {
        void run(Arguments arguments, Setting setting) throws IOException;
    }

    private final String defaultSize;
    private final String defaultRepeats;
    private final String defaultHeap;
    private final Program program;

    Comparison(String defaultSize, String defaultRepeats, String defaultHeap, Program program) {
        this.defaultSize = defaultSize;
        this.defaultRepeats = defaultRepeats;
        this.defaultHeap = defaultHeap;
        this.program = program;
    }

    private static Program withServer(ServedProgram program) {
        return arguments -> {
            try (Setting setting = new Setting(arguments)) {
                program.run(arguments, setting);
            }
        };
    }

    private static void read(Arguments arguments) throws IOException {
        try (ReadComparison comparison = new ReadComparison(arguments)) {
            comparison.run();
        }
    }

    String defaultSize() {
        return defaultSize;
    }

    String defaultRepeats() {
        return defaultRepeats;
    }

    String defaultHeap() {
        return defaultHeap;
    }

    void run(Arguments arguments) throws IOException {
        program.run(arguments);
    }
}
