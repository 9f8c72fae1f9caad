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
    /** Our S3 target against the default stream of Spring Cloud AWS. */
    S3("1GB", "5", "512m") {
        @Override
        void run(Arguments arguments) throws IOException {
            try (Setting setting = new Setting(arguments)) {
                new S3Comparison(arguments, setting).run();
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
