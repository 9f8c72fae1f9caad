package io.parallelwrite.boot.actuate;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.outcome.TargetStatus;
import io.parallelwrite.outcome.WriterStatus;
import io.parallelwrite.repair.Repairer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether writes can succeed, and how each target is.
 *
 * <p>{@code UP} as long as the acknowledgement rule can be met by the targets that are not out, also if some are out or
 * catching up: the details say so. {@code DOWN} if it cannot: every write fails then. {@code UNKNOWN} for a writer that keeps no
 * account of its targets. The details name targets, states, times and numbers; no path, bucket or text of a server.
 *
 * <p>Answers from memory: no target is asked. Thread-safe.
 */
public final class ParallelWriteHealthIndicator extends AbstractHealthIndicator {

    private final ParallelResourceWriter writer;

    /**
     * Creates the indicator.
     *
     * @param writer whose targets it tells of
     */
    public ParallelWriteHealthIndicator(ParallelResourceWriter writer) {
        super("The state of the targets could not be told");
        this.writer = writer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        WriterStatus status = writer.status();
        if (status.targets().isEmpty()) {
            builder.unknown();
            return;
        }
        Map<String, Object> targets = new LinkedHashMap<>();
        status.targets().forEach(target -> targets.put(target.target(), details(target)));
        (status.takesWrites() ? builder.up() : builder.down()).withDetail("targets", targets);
        writer.repairer().map(Repairer::journal).ifPresent(journal -> builder.withDetail("journal", details(journal)));
    }

    private static Map<String, Object> details(TargetStatus target) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("kind", target.scheme());
        details.put("required", target.required());
        details.put("state", target.state().name());
        details.put("since", target.since().toString());
        String reason = target.reason();
        if (reason != null) {
            details.put("reason", reason);
        }
        details.put("unreturnedCalls", target.unreturnedCalls());
        details.put("waitingEntries", target.waitingEntries());
        return details;
    }

    private static Map<String, Object> details(Journal journal) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("entries", journal.size());
        details.put("capacity", journal.capacity());
        return details;
    }
}
