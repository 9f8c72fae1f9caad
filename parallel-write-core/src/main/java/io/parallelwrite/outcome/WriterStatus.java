package io.parallelwrite.outcome;

import java.util.List;

/**
 * How the targets of a writer are, at one moment.
 *
 * @param takesWrites whether the acknowledgement rule can be met by the targets that are not {@link TargetState#OUT}; if not,
 *     writes under that rule fail at once
 * @param targets each target, in the order of the writer; empty if the writer does not keep account of them
 */
public record WriterStatus(boolean takesWrites, List<TargetStatus> targets) {

    /** Copies the list. */
    public WriterStatus {
        targets = List.copyOf(targets);
    }
}
