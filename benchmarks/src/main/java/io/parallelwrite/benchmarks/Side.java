package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** What is compared with each other. */
enum Side {
    /** Our writer with a disk and S3. */
    BOTH("local + S3"),
    /** Our writer with a disk alone. */
    LOCAL("local alone"),
    /** Our writer with S3 alone. */
    S3("Parallel write, S3 alone"),
    /** The default stream of Spring Cloud AWS. */
    SPRING_CLOUD_AWS("Spring Cloud AWS");

    private final String title;

    Side(String title) {
        this.title = title;
    }

    Writing open(URI endpoint, Path directory) throws IOException {
        return switch (this) {
            case BOTH -> ParallelWriting.both(endpoint, directory);
            case LOCAL -> ParallelWriting.local(endpoint, directory);
            case S3 -> ParallelWriting.s3(endpoint);
            case SPRING_CLOUD_AWS -> new SpringCloudAwsWriting(endpoint);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
