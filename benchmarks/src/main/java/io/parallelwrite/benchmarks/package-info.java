/**
 * Measurements, outside the default build.
 *
 * <p>{@link io.parallelwrite.benchmarks.Benchmarks} is the door. {@code small-writes} and {@code whole-writes} are run by
 * JMH against targets that discard; {@code dual}, {@code s3} and {@code memory} write large objects to a disk and to an S3
 * server in another process; {@code calls} drives handles in memory as one, beside a Python package that does. What is compared with what, and how to run it, is in the README of this module.
 */
@NullMarked
package io.parallelwrite.benchmarks;

import org.jspecify.annotations.NullMarked;
