/**
 * Measurements, outside the default build.
 *
 * <p>{@link io.parallelwrite.benchmarks.Benchmarks} is the door. The classes whose names end in {@code Benchmark} are run
 * by JMH. The others compare sides that take turns: {@code dual}, {@code peers}, {@code latency}, {@code s3} and
 * {@code memory} write to a disk and to an S3 server in another process, {@code concurrency} also to targets that discard;
 * {@code jitter} writes to targets of varying speed; {@code read} reads copies in step; {@code calls} drives handles in
 * memory as one. What is compared with what, and how to run it, is in the README of this module.
 */
@NullMarked
package io.parallelwrite.benchmarks;

import org.jspecify.annotations.NullMarked;
