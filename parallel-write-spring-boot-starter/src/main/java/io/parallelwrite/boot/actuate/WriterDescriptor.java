package io.parallelwrite.boot.actuate;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.TargetStatus;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.target.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * How a writer is doing.
 *
 * @param rule which targets must hold a write, as configured
 * @param targets one for each target, in the order of reads
 * @param journal what the journal holds, or {@code null} if there is none
 * @param repairs {@code running}, {@code paused}, {@code stopped}, or {@code none} if nothing repairs in the background
 */
public record WriterDescriptor(
        String rule,
        List<TargetDescriptor> targets,
        @Nullable JournalDescriptor journal,
        String repairs) implements OperationResponseBody {

    /** Copies the list. */
    public WriterDescriptor {
        targets = List.copyOf(targets);
    }

    /**
     * One target. Of a writer that does not keep account of its targets only the name and the kind are known.
     *
     * @param name the name it is configured under
     * @param kind the scheme of its location
     * @param required whether a write is a failure whenever this target misses it
     * @param state {@code in_sync}, {@code catching_up} or {@code out}
     * @param since since when that is so
     * @param reason if it is out, why, without paths and places
     * @param unreturnedCalls how many of its calls were given up at their deadlines and have not returned
     * @param waiting how many entries of the journal it misses, or may miss
     */
    public record TargetDescriptor(
            String name,
            String kind,
            @Nullable Boolean required,
            @Nullable String state,
            @Nullable String since,
            @Nullable String reason,
            @Nullable Integer unreturnedCalls,
            @Nullable Integer waiting) {

        static TargetDescriptor of(TargetStatus status) {
            return new TargetDescriptor(
                    status.target(),
                    status.scheme(),
                    status.required(),
                    JournalPageDescriptor.nameOf(status.state()),
                    status.since().toString(),
                    status.reason(),
                    status.unreturnedCalls(),
                    status.waitingEntries());
        }

        static TargetDescriptor of(Target target) {
            return new TargetDescriptor(target.name(), target.scheme(), null, null, null, null, null, null);
        }
    }

    /**
     * The journal.
     *
     * @param entries how many entries it holds
     * @param decided how many of them are about to be carried out, or were cut off by a crash
     * @param diverged how many of them some target is known to miss, or may miss
     * @param capacity how many it can hold; when it is full, writes fail
     */
    public record JournalDescriptor(int entries, int decided, int diverged, int capacity) {}

    static WriterDescriptor of(ParallelResourceWriter writer, String rule, String repairs) {
        @Nullable Journal journal = writer.repairer().map(Repairer::journal).orElse(null);
        return new WriterDescriptor(
                rule, targets(writer), journal == null ? null : of(journal.entries(), journal.capacity()), repairs);
    }

    private static List<TargetDescriptor> targets(ParallelResourceWriter writer) {
        List<TargetStatus> known = writer.status().targets();
        return known.isEmpty()
                ? writer.targets().stream().map(TargetDescriptor::of).toList()
                : known.stream().map(TargetDescriptor::of).toList();
    }

    private static JournalDescriptor of(List<JournalEntry> entries, int capacity) {
        int decided = Math.toIntExact(
                entries.stream().filter(JournalEntry::isDecision).count());
        return new JournalDescriptor(entries.size(), decided, entries.size() - decided, capacity);
    }
}
