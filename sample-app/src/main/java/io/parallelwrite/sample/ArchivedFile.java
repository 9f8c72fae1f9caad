package io.parallelwrite.sample;

import java.time.Instant;

/**
 * One line of the archive's list.
 *
 * @param path the path, as in {@code /archive/<path>}
 * @param size the number of bytes
 * @param lastModified when it was archived
 */
record ArchivedFile(String path, long size, Instant lastModified) {}
