/**
 * Handles driven as one: N open things of one kind, every call to all of them, and the answers must agree.
 *
 * <p>For who holds channels, streams, readers, writers or clients of their own. Nothing is staged and nothing is undone: to
 * write to all configured targets or to none there is {@code ParallelResourceWriter}.
 *
 * <p>One barrier call, followed through the types in order:
 *
 * <ol>
 *   <li>A view, such as {@link io.parallelwrite.handle.ParallelByteChannel}, or a proxy of any interface by
 *       {@link io.parallelwrite.handle.ParallelCalls}, is built over the handles with
 *       {@link io.parallelwrite.handle.HandleSettings}. What can be found wrong with a handle without changing it is found
 *       here, and named with its index.
 *   <li>A call takes its turn ({@code InStep}, {@code HandleGroup}): calls of several threads follow one another, so every
 *       handle sees the same order. Handles that are out of step are not called any more.
 *   <li>{@code HandleCrew} begins a {@code HandleRound}. Without a deadline the calling thread takes one handle after the
 *       other. If its calls take longer than waking a worker ({@code CallPace}, {@code HandleStandby}, {@code HandleWorkers}),
 *       others come and take handles from the same round; so calls that take long run side by side, and calls that do not
 *       cost no hand-over. With a deadline only workers call handles, and the calling thread waits.
 *   <li>Each handle is given what is its own: a buffer to fill, a duplicate of the buffer to empty.
 *   <li>Each handle's {@link io.parallelwrite.handle.HandleAnswer} is kept: it returned, it threw, or it was not back at the
 *       deadline. A round ends when all have answered; what hangs is left to end on its own, and is never interrupted.
 *   <li>{@code Agreement} makes one answer of them: the value all returned, or what all threw. Anything else is a
 *       {@link io.parallelwrite.handle.HandlesDivergedException}, which says who said what and who is in the minority. What
 *       was read is compared by {@code StepContent}, which names the first place that differs.
 *   <li>After the first disagreement, or an I/O failure of all, a view with a position is out of step: every later call fails
 *       with that as its cause, but {@code close}, which closes every handle and reports every failure.
 * </ol>
 */
@NullMarked
package io.parallelwrite.handle;

import org.jspecify.annotations.NullMarked;
