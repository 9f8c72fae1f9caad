package io.parallelwrite.boot.actuate;

import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.TargetRepair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What became of the repair of one path, or in a dry run would.
 *
 * @param path the path
 * @param dryRun whether nothing was changed
 * @param outcome {@code settled}, {@code rolled_back}, {@code waiting} or {@code given_up}
 * @param reason why, without places
 * @param targets what was found and done at each target; empty if none was asked
 */
public record RepairDescriptor(
        String path, boolean dryRun, String outcome, String reason, List<TargetDescriptor> targets)
        implements OperationResponseBody {

    /** Copies the list. */
    public RepairDescriptor {
        targets = List.copyOf(targets);
    }

    /**
     * One target.
     *
     * @param found what it held before
     * @param action {@code none}, {@code copy} (it gets one) or {@code delete}
     * @param failure why that did not succeed, without places; {@code null} if it did, or was not tried
     */
    public record TargetDescriptor(
            CopyDescriptor found, String action, @Nullable String failure) {

        private static TargetDescriptor of(TargetRepair repair, PlaceNames places) {
            return new TargetDescriptor(
                    CopyDescriptor.of(repair.found(), places),
                    JournalPageDescriptor.nameOf(repair.action()),
                    places.hide(repair.failure()));
        }
    }

    static RepairDescriptor of(RepairOutcome outcome, boolean dryRun, PlaceNames places) {
        return new RepairDescriptor(
                outcome.entry().path().value(),
                dryRun,
                nameOf(outcome),
                places.hide(outcome.reason()),
                outcome.targets().stream()
                        .map(repair -> TargetDescriptor.of(repair, places))
                        .toList());
    }

    private static String nameOf(RepairOutcome outcome) {
        if (outcome instanceof RepairOutcome.Settled) {
            return "settled";
        }
        if (outcome instanceof RepairOutcome.RolledBack) {
            return "rolled_back";
        }
        return outcome instanceof RepairOutcome.Waiting ? "waiting" : "given_up";
    }
}
