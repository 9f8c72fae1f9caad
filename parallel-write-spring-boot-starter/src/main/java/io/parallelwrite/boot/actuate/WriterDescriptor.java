package io.parallelwrite.boot.actuate;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.repair.Repairer;
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
     * One target.
     *
     * @param name the name it is configured under
     * @param kind the scheme of its location
     * @param waiting how many entries of the journal it misses, or may miss
     */
    public record TargetDescriptor(String name, String kind, long waiting) {}

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
        List<JournalEntry> entries = journal == null ? List.of() : journal.entries();
        List<TargetDescriptor> targets = writer.targets().stream()
                .map(target ->
                        new TargetDescriptor(target.name(), target.scheme(), countWaiting(entries, target.name())))
                .toList();
        return new WriterDescriptor(rule, targets, journal == null ? null : of(entries, journal.capacity()), repairs);
    }

    private static JournalDescriptor of(List<JournalEntry> entries, int capacity) {
        int decided = Math.toIntExact(
                entries.stream().filter(JournalEntry::isDecision).count());
        return new JournalDescriptor(entries.size(), decided, entries.size() - decided, capacity);
    }

    private static long countWaiting(List<JournalEntry> entries, String target) {
        return entries.stream()
                .flatMap(entry -> entry.members().stream())
                .filter(member -> member.target().equals(target) && isWaiting(member))
                .count();
    }

    private static boolean isWaiting(JournalMember member) {
        return member.state() == State.MISSED || member.state() == State.IN_DOUBT;
    }
}
