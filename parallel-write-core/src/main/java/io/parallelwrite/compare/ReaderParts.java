package io.parallelwrite.compare;

import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.stream.WriteEngine;
import java.util.List;

/**
 * What all reads of one reader share.
 *
 * @param engine orders reads among commits, and writes what is brought back
 * @param calls makes the calls to each target, in the order of reads
 * @param settings how copies are read
 * @param timer the clock
 * @param listeners who hears of reads
 */
record ReaderParts(
        WriteEngine engine,
        List<TargetCalls> calls,
        ReadSettings settings,
        DeadlineTimer timer,
        ReadListeners listeners) {

    /** Small, so that reads of small objects stay small. */
    private static final int FIRST_BLOCK_BYTES = 16 * 1024;

    int firstBlockBytes() {
        return Math.min(FIRST_BLOCK_BYTES, maxBlockBytes());
    }

    int maxBlockBytes() {
        return (int) settings.chunk().toBytes();
    }
}
