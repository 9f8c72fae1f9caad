/**
 * Outcomes: what became of a write, on every target, always all of them.
 *
 * <p>{@link io.parallelwrite.outcome.WriteResult} holds one {@link io.parallelwrite.outcome.TargetOutcome} per target;
 * {@link io.parallelwrite.outcome.AcknowledgementRule} decides which of them make the whole a success; a
 * {@link io.parallelwrite.outcome.WriteListener} sees them as they happen.
 */
@NullMarked
package io.parallelwrite.outcome;

import org.jspecify.annotations.NullMarked;
