package io.parallelwrite.boot.actuate;

import io.parallelwrite.repair.RepairedPath;
import io.parallelwrite.repair.ScrubResult;
import io.parallelwrite.repair.VerifiedPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What was found, and done, at the objects of a prefix by one call.
 *
 * @param end {@code complete}; {@code stopped} if there is more; {@code failed} if a target could not be listed to the end
 * @param position what to pass to go on; {@code null} if it is complete
 * @param paths how many paths have been gone through, by this call and those it goes on from
 * @param unequal how many of them were found not to be equal
 * @param busy how many were left out because they were being written
 * @param found those that this call found not to be equal
 * @param failures the targets that could not be listed
 */
public record ScrubDescriptor(
        String end,
        @Nullable String position,
        long paths,
        long unequal,
        long busy,
        List<FoundDescriptor> found,
        List<CopyDescriptor> failures)
        implements OperationResponseBody {

    /** Copies the lists. */
    public ScrubDescriptor {
        found = List.copyOf(found);
        failures = List.copyOf(failures);
    }

    /**
     * A path that is not equal on all targets.
     *
     * @param path the path
     * @param signs one for each target, in their order: {@code =} equal, {@code +} extra, {@code -} missing, {@code *} differs,
     *     {@code !} unreadable
     * @param proof how it is known what the path should hold: {@code journal}, {@code majority} or {@code none}
     * @param says what each target says, without places
     * @param repair what became of its repair, in a word such as {@code refused}; {@code null} if it was only verified
     * @param reason why, without places; {@code null} as above
     */
    public record FoundDescriptor(
            String path,
            String signs,
            String proof,
            String says,
            @Nullable String repair,
            @Nullable String reason) {

        static FoundDescriptor of(VerifiedPath verified, PlaceNames places) {
            return new FoundDescriptor(
                    verified.path(),
                    verified.signs(),
                    JournalPageDescriptor.nameOf(verified.proof()),
                    places.hide(verified.description()),
                    null,
                    null);
        }

        FoundDescriptor with(RepairedPath repaired, PlaceNames places) {
            return new FoundDescriptor(
                    path,
                    signs,
                    proof,
                    says,
                    JournalPageDescriptor.nameOf(repaired.verdict()),
                    places.hide(repaired.reason()));
        }
    }

    static ScrubDescriptor of(ScrubResult result, List<FoundDescriptor> found, PlaceNames places) {
        return new ScrubDescriptor(
                JournalPageDescriptor.nameOf(result.end()),
                result.end() == ScrubResult.End.COMPLETE
                        ? null
                        : result.position().toText(),
                result.counts().paths(),
                result.counts().unequalPaths(),
                result.counts().busyPaths(),
                found,
                result.failures().stream()
                        .map(failure -> CopyDescriptor.of(failure, places))
                        .toList());
    }
}
