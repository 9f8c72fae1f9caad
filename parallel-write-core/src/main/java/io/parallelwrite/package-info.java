/**
 * The caller's door: write a file once, and it is on every target or on none.
 *
 * <p>One write, followed through the types in order:
 *
 * <ol>
 *   <li>A {@link io.parallelwrite.ParallelResourceWriter} takes a path, content and {@link io.parallelwrite.WriteOptions}.
 *       The path becomes a {@link io.parallelwrite.target.TargetPath}: validated and normalised, once.
 *   <li>The {@link io.parallelwrite.stream.WriteEngine} opens a {@link io.parallelwrite.target.TargetWrite} at every
 *       {@link io.parallelwrite.target.Target}, all at once, and returns a
 *       {@link io.parallelwrite.stream.ParallelOutputStream}.
 *   <li>The stream copies the caller's bytes once into pooled chunks and computes their checksum once. Every target's
 *       lane hands the same chunk to its target write, in order, each at its own speed.
 *   <li>On commit the targets <em>prepare</em>: everything is staged, complete and durable, and still invisible. The
 *       {@link io.parallelwrite.outcome.AcknowledgementRule} decides once whether to commit or to abort.
 *   <li>If there is a {@link io.parallelwrite.divergence.Journal}, the decision is put there before the first commit, and
 *       removed after the last.
 *   <li>The targets commit, first those whose commit can still fail, and return a {@link io.parallelwrite.target.Receipt}, which is compared with what was
 *       sent.
 *   <li>The {@link io.parallelwrite.outcome.WriteResult} holds a {@link io.parallelwrite.outcome.TargetOutcome} for every
 *       target. {@link io.parallelwrite.outcome.WriteListener}s see it; what differs becomes a
 *       {@link io.parallelwrite.divergence.Divergence}, and stays in the journal until a {@link
 *       io.parallelwrite.repair.Repairer} has made it equal again.
 * </ol>
 */
@NullMarked
package io.parallelwrite;

import org.jspecify.annotations.NullMarked;
