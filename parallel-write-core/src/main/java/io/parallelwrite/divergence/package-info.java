/**
 * Divergence: targets that should hold the same thing and do not, or cannot be shown to; left behind by a write, or found by
 * looking at the copies.
 *
 * <p>A {@link io.parallelwrite.divergence.Divergence} is told once and is gone. The
 * {@link io.parallelwrite.divergence.Journal} remembers: what was decided before its first commit, and what is, or may be,
 * unequal after its last, as {@link io.parallelwrite.divergence.JournalEntry} with a
 * {@link io.parallelwrite.divergence.JournalMember} for each target. {@link io.parallelwrite.divergence.FileJournal} keeps it
 * in a directory, {@link io.parallelwrite.divergence.MemoryJournal} as long as the process lives.
 *
 * <p>Beside it, the {@link io.parallelwrite.divergence.StagingLog} notes what is staged for writes that are open, so that the
 * next owner finds what a kill of this one leaves.
 */
@NullMarked
package io.parallelwrite.divergence;

import org.jspecify.annotations.NullMarked;
