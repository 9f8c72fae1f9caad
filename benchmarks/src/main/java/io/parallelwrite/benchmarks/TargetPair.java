package io.parallelwrite.benchmarks;

import io.parallelwrite.target.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The two targets of a {@link ConcurrencyRun}. */
enum TargetPair {
    /** Both in memory; they checksum and keep nothing. */
    DISCARDING("two that discard", 20_000) {
        @Override
        List<Target> targets(URI endpoint, Path directory) {
            return List.of(new DiscardingTarget("one"), new DiscardingTarget("two"));
        }
    },
    /** A disk, synced, and S3 in another process. */
    LOCAL_AND_S3("local + S3", 2_000) {
        @Override
        List<Target> targets(URI endpoint, Path directory) {
            S3AsyncClient client = S3Access.async(endpoint); // lives as long as the process
            return List.of(ParallelWriting.localTarget(directory), ParallelWriting.s3Target(client));
        }
    };

    private final String title;
    private final int writes;

    TargetPair(String title, int writes) {
        this.title = title;
        this.writes = writes;
    }

    abstract List<Target> targets(URI endpoint, Path directory);

    /** Returns how many writes a row is made of, if there are not more callers than that. */
    int writes() {
        return writes;
    }

    @Override
    public String toString() {
        return title;
    }
}
