/**
 * Repair: a diverged target is made equal again, from a copy known to be good or chosen.
 *
 * <p>One divergence, followed through the types in order:
 *
 * <ol>
 *   <li>A {@link io.parallelwrite.divergence.Journal} has a {@link io.parallelwrite.divergence.JournalEntry}: a decision a
 *       crash interrupted, or a write or delete some target missed.
 *   <li>The {@link io.parallelwrite.repair.BackgroundRepairer} comes to it, or somebody calls the {@link
 *       io.parallelwrite.repair.Repairer}.
 *   <li>All targets are asked for their copies at one moment. What is proven by the size and checksum of the entry is good;
 *       the plan follows from that alone.
 *   <li>What it says is done at one target after the other, each time only if the entry is still the newest of its path.
 *   <li>The {@link io.parallelwrite.repair.RepairOutcome} says what was found and done. When nothing is left to be done the
 *       entry is removed, and {@link io.parallelwrite.repair.RepairListener}s hear of it.
 * </ol>
 *
 * <p>What no journal remembers is found by a {@link io.parallelwrite.repair.Scrubber}: it verifies a path, or takes a {@link
 * io.parallelwrite.repair.ScrubPass} through all of them, and gives every copy a {@link io.parallelwrite.repair.CopySign}. What
 * is not equal is repaired by what the majority proves, or by what {@link io.parallelwrite.repair.RepairOptions} allow.
 *
 * <p>Beside that, a {@link io.parallelwrite.repair.Sweeper} discards what processes that died have left staged: by the notes
 * of it in the {@link io.parallelwrite.divergence.StagingLog}, or by its age. A {@link
 * io.parallelwrite.repair.BackgroundSweeper} has that done without asking.
 */
@NullMarked
package io.parallelwrite.repair;

import org.jspecify.annotations.NullMarked;
