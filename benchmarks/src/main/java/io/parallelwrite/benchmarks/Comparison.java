package io.parallelwrite.benchmarks;

import java.io.IOException;

/** The comparisons. */
enum Comparison {
    /** A disk and S3 together against the slower of the two alone. */
    DUAL("1GB", "7", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new DualComparison(arguments, setting).run();
            }
        }
    },
    /** Our S3 target against what else writes to S3. */
    S3("1GB", "5", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new S3Comparison(arguments, setting).run();
            }
        }
    },
    /** A disk and S3 together against what else could be used to write to both. */
    PEERS("64MB", "5", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new PeersComparison(arguments, setting).run();
            }
        }
    },
    /** A small object on a disk and in S3 against the slower of the two alone. */
    LATENCY("4KB", "50", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new LatencyComparison(arguments, setting).run();
            }
        }
    },
    /** Targets whose speed varies against the slowest alone. */
    JITTER("64MB", "3", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            new JitterComparison(arguments).run();
        }
    },
    /** Many writes at once. */
    CONCURRENCY("16KB", "1", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new ConcurrencyRun(arguments, setting).run();
            }
        }
    },
    /** A large object through a small heap. */
    MEMORY("4GB", "1", "96m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new MemoryRun(arguments, setting).run();
            }
        }
    },
    /** Two local copies read in step against the slower one alone. */
    READ("1GB", "9", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (ReadComparison comparison = new ReadComparison(arguments)) {
                comparison.run();
            }
        }
    },
    /** Many small objects from a disk to an empty S3. */
    BACKFILL("64KB", "1", "64m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new BackfillRun(arguments, setting).run();
            }
        }
    },
    /** Barrier calls on handles in memory against those of a Python package. */
    CALLS("0", "7", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            new CallsComparison(arguments.repeats()).run();
        }
    };

    private final String defaultSize;
    private final String defaultRepeats;
    private final String defaultHeap;

    Comparison(String defaultSize, String defaultRepeats, String defaultHeap) {
        this.defaultSize = defaultSize;
        this.defaultRepeats = defaultRepeats;
        this.defaultHeap = defaultHeap;
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

    abstract void run(Arguments arguments) throws IOException;
}
