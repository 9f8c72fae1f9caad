package io.parallelwrite.stream;

import io.parallelwrite.outcome.AcknowledgementRule;
import java.util.List;

/**
 * What all writes of one engine share.
 *
 * @param targets in the order outcomes are reported
 * @param rule which targets must hold a write
 * @param pool the memory
 * @param pathLocks the order of commits
 * @param admission the gate
 * @param timer the clock
 * @param listeners who hears of writes
 */
record EngineParts(
        List<EngineTarget> targets,
        AcknowledgementRule rule,
        ChunkPool pool,
        PathLocks pathLocks,
        Admission admission,
        DeadlineTimer timer,
        Listeners listeners) {}
