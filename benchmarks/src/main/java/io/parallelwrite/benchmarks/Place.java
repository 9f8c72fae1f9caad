package io.parallelwrite.benchmarks;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where a side writes, and what.
 *
 * @param endpoint of the S3 server
 * @param directory the local directory
 * @param content what every object holds the beginning of; used by one side at a time
 */
record Place(URI endpoint, Path directory, Content content) {}
