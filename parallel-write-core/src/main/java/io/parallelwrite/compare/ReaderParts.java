package io.parallelwrite.compare;

import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.stream.WriteEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all reads of one reader share.
 *
 * @param engine orders reads among commits, and writes what is brought back
 * @param calls makes the calls to each target, in the order of reads
 * @param settings how copies are read
 * @param listeners who hears of reads
 */
record ReaderParts(WriteEngine engine, List<TargetCalls> calls, ReadSettings settings, ReadListeners listeners) {

    /** Small, so that reads of small objects stay small. */
    private static final int FIRST_BLOCK_BYTES = 16 * 1024;

    /** Returns what makes the calls to each target, in the order in which one copy is looked for: those that are out last. */
    List<TargetCalls> candidates() {
        Map<Boolean, List<TargetCalls>> byOut = calls.stream().collect(Collectors.partitioningBy(TargetCalls::isOut));
        return Stream.of(false, true)
                .flatMap(out -> byOut.getOrDefault(out, List.of()).stream())
                .toList();
    }

    DeadlineTimer timer() {
        return engine.timer();
    }

    /** Returns what makes the calls to one target. */
    TargetCalls calls(String target) {
        return calls.stream()
                .filter(candidate -> candidate.target().name().equals(target))
                .findFirst()
                .orElseThrow();
    }

    int firstBlockBytes() {
        return Math.min(FIRST_BLOCK_BYTES, maxBlockBytes());
    }

    int maxBlockBytes() {
        return (int) settings.chunk().toBytes();
    }
}
