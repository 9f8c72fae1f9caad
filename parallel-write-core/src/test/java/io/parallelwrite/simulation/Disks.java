package io.parallelwrite.simulation;

import java.util.List;

/**
 * What outlives a process.
 *
 * @param stores what the targets hold, in their order
 * @param records what the journal holds
 */
record Disks(List<Store> stores, JournalRecords records) {}
