package io.parallelwrite.boot.actuate;

import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A part of the journal.
 *
 * @param entries some entries, in the order they were decided
 * @param next what to pass as {@code after} to go on, or {@code null} if these are the last
 */
public record JournalPageDescriptor(
        List<EntryDescriptor> entries, @Nullable Long next) implements OperationResponseBody {

    /** Copies the list. */
    public JournalPageDescriptor {
        entries = List.copyOf(entries);
    }

    /**
     * One write or delete whose targets are, or may be, unequal.
     *
     * @param id its token
     * @param path the path
     * @param operation {@code write} or {@code delete}
     * @param state {@code decided} if nothing is known about any commit, else {@code diverged}
     * @param since when it was decided
     * @param size how many bytes the path should hold; {@code null} for a delete, or if not all were seen
     * @param checksum their checksum, as in {@code CRC32C:e3069283}; {@code null} as above
     * @param targets what is known about each target
     */
    public record EntryDescriptor(
            String id,
            String path,
            String operation,
            String state,
            Instant since,
            @Nullable Long size,
            @Nullable String checksum,
            List<MemberDescriptor> targets) {

        /** Copies the list. */
        public EntryDescriptor {
            targets = List.copyOf(targets);
        }

        static EntryDescriptor of(JournalEntry entry, PlaceNames places) {
            return new EntryDescriptor(
                    entry.id(),
                    entry.path().value(),
                    nameOf(entry.operation()),
                    entry.isDecision() ? "decided" : "diverged",
                    entry.since(),
                    entry.digest() == null ? null : entry.digest().size(),
                    entry.digest() == null ? null : entry.digest().checksum().toString(),
                    entry.members().stream()
                            .map(member -> MemberDescriptor.of(member, places))
                            .toList());
        }
    }

    /**
     * What is known about one target.
     *
     * @param target its name
     * @param state {@code pending}, {@code committed}, {@code missed} or {@code in_doubt}
     * @param reason why, without places; {@code null} if that is not known
     */
    public record MemberDescriptor(
            String target, String state, @Nullable String reason) {

        private static MemberDescriptor of(JournalMember member, PlaceNames places) {
            String reason = member.reason() == null ? null : places.hide(member.reason());
            return new MemberDescriptor(member.target(), nameOf(member.state()), reason);
        }
    }

    static JournalPageDescriptor of(Journal journal, long after, int limit, PlaceNames places) {
        List<JournalEntry> page = journal.entries().stream()
                .filter(entry -> entry.generation() > after)
                .limit(limit + 1L) // one more tells whether there is a next page
                .toList();
        List<JournalEntry> shown = page.subList(0, Math.min(limit, page.size()));
        return new JournalPageDescriptor(
                shown.stream().map(entry -> EntryDescriptor.of(entry, places)).toList(),
                page.size() > limit ? shown.get(limit - 1).generation() : null);
    }

    static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
