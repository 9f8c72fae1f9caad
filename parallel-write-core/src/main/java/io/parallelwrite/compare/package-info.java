/**
 * Reading N copies: from the first target that can give one, or from all of them in step.
 *
 * <p>One read, followed through the types in order:
 *
 * <ol>
 *   <li>A {@link io.parallelwrite.compare.ParallelResourceReader} takes a path and a {@link
 *       io.parallelwrite.compare.ReadMode}.
 *   <li>Every call to a target is made through its {@link io.parallelwrite.stream.TargetCalls}: on a worker, within a
 *       deadline.
 *   <li>The caller gets a {@link io.parallelwrite.compare.CopyInputStream}, which knows whose copy it hands out and which
 *       targets were {@link io.parallelwrite.compare.PassedOver passed over}.
 *   <li>What the targets said is a {@link io.parallelwrite.compare.CopyAnswer} each; put side by side they are a {@link
 *       io.parallelwrite.compare.Comparison}.
 *   <li>{@link io.parallelwrite.compare.ReadListener}s hear of fall-backs, differences and copies brought back.
 * </ol>
 */
@NullMarked
package io.parallelwrite.compare;

import org.jspecify.annotations.NullMarked;
