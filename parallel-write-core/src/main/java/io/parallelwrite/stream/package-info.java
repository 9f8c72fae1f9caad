/**
 * The engine: one stream of bytes in, one lane per target out, and a commit round at the end.
 *
 * <p>{@link io.parallelwrite.stream.WriteEngine} opens a {@link io.parallelwrite.stream.ParallelOutputStream}; all else
 * is hidden.
 */
@NullMarked
package io.parallelwrite.stream;

import org.jspecify.annotations.NullMarked;
