package io.parallelwrite.boot.actuate;

import io.parallelwrite.boot.actuate.JournalPageDescriptor.EntryDescriptor;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.divergence.JournalEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the copies of one path are to each other.
 *
 * @param path the path
 * @param result what they are in a word: equal, different, absent or undecided
 * @param strength how much was compared, such as {@code full_object}; {@code null} unless equal
 * @param difference who said what; {@code null} unless different
 * @param offset the first byte at which the copies differ; {@code null} unless that was looked for
 * @param minority the targets that contradict more than half of all; {@code null} unless different
 * @param copies one for each target, in the order of reads
 * @param journal what the journal remembers of the path, the newest last; {@code null} if there is no journal
 */
public record CopiesDescriptor(
        String path,
        String result,
        @Nullable String strength,
        @Nullable String difference,
        @Nullable Long offset,
        @Nullable List<String> minority,
        List<CopyDescriptor> copies,
        @Nullable List<EntryDescriptor> journal)
        implements OperationResponseBody {

    static CopiesDescriptor of(Comparison comparison, @Nullable List<JournalEntry> remembered, PlaceNames places) {
        Comparison.Different different = comparison instanceof Comparison.Different found ? found : null;
        return new CopiesDescriptor(
                comparison.path(),
                resultOf(comparison),
                comparison instanceof Comparison.Equal equal ? JournalPageDescriptor.nameOf(equal.strength()) : null,
                different == null ? null : places.hide(different.description()),
                different == null || different.offset().isEmpty()
                        ? null
                        : (Long) different.offset().getAsLong(),
                different == null ? null : different.minority(),
                comparison.answers().stream()
                        .map(answer -> CopyDescriptor.of(answer, places))
                        .toList(),
                remembered == null
                        ? null
                        : remembered.stream()
                                .map(entry -> EntryDescriptor.of(entry, places))
                                .toList());
    }

    private static String resultOf(Comparison comparison) {
        if (comparison instanceof Comparison.Equal) {
            return "equal";
        }
        if (comparison instanceof Comparison.Different) {
            return "different";
        }
        return comparison instanceof Comparison.Absent ? "absent" : "undecided";
    }
}
