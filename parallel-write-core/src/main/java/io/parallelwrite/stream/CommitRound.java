package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The decision about one write or delete, and carrying it out on all targets at once.
 *
 * <p>Runs on the caller's thread, after every lane has prepared or failed and while the path's lock is held: decides once
 * by the acknowledgement rule, applies the change on the lanes that are well, those whose commit can still fail first,
 * and compares their receipts; ends when the
 * last of them has been settled. Nothing here can be interrupted: deadlines end it.
 */
final class CommitRound {

    private final EngineParts parts;
    private final TargetPath path;
    private final Settlement settlement;
    private final List<Lane> lanes;

    CommitRound(EngineParts parts, TargetPath path, Settlement settlement, List<Lane> lanes) {
        this.parts = parts;
        this.path = path;
        this.settlement = settlement;
        this.lanes = lanes;
    }

    /**
     * Decides and, if the rule is met, applies the change.
     *
     * <p>Targets whose commit can still fail go first, together; if one of them does and the rule can no longer be met, the
     * rest is not asked to commit. This is the last-resource rule of transaction monitors: what cannot promise decides.
     * Lanes that are not settled afterwards are to be aborted: nothing became visible there.
     *
     * @param change makes the change visible at one lane's target
     * @param phase how that step is called in outcomes
     * @param sent what receipts are compared with, or {@code null} if there is nothing to compare
     */
    void run(Function<Lane, CompletableFuture<Receipt>> change, Phase phase, @Nullable ContentDigest sent) {
        refuseOvertaking(phase);
        Map<Boolean, List<Lane>> waves = lanes.stream()
                .filter(lane -> lane.failure() == null)
                .collect(Collectors.partitioningBy(Lane::commitsFirst));
        for (boolean first : new boolean[] {true, false}) {
            if (!canStillBeMet()) {
                return;
            }
            List<CompletableFuture<?>> applied = new ArrayList<>();
            try {
                for (Lane lane : waves.getOrDefault(first, List.of())) {
                    applied.add(change.apply(lane)
                            .handle((receipt, ex) -> settle(lane, phase, receipt, unwrap(ex), sent))
                            .thenCompose(cleanUp -> cleanUp));
                }
            } finally { // also if there was no memory for the next: the path must stay locked while a change is made
                Await.uninterruptibly(applied);
            }
        }
    }

    /** Asks the rule with the lanes that have committed or still may. */
    private boolean canStillBeMet() {
        List<Lane> good = lanes.stream()
                .filter(lane -> settlement.isSettled(lane) ? settlement.isCommitted(lane) : lane.failure() == null)
                .toList();
        return parts.isMet(names(good), names(lanes));
    }

    /** A change of this path that was given up may still be made, and would undo this one. */
    void refuseOvertaking(Phase phase) {
        for (Lane lane : lanes) {
            if (lane.target().hasUnreturnedChange(path)) {
                lane.fail(
                        phase,
                        new IOException("an earlier change of this path was given up at its deadline and has"
                                + " not returned; it could undo this one, so try again later"));
            }
        }
    }

    /** On the thread that learned the outcome. Returns the clean-up to wait for. */
    private CompletableFuture<?> settle(
            Lane lane,
            Phase phase,
            @Nullable Receipt receipt,
            @Nullable Throwable cause,
            @Nullable ContentDigest sent) {
        if (cause instanceof NotAppliedException) {
            Lane.Failure known = lane.failure();
            Lane.Failure failure = known != null
                    ? known
                    : new Lane.Failure(phase, 0, cause, parts.timer().nanoTime());
            return lane.abort().handle((gone, ex) -> {
                settleUnapplied(lane, failure, ex);
                return null;
            });
        }
        if (cause != null || receipt == null) {
            settlement.inDoubt(lane, phase, cause != null ? cause : new IOException("the target gave no receipt"));
            return CompletableFuture.completedFuture(null);
        }
        String difference = sent == null ? null : receipt.differenceFrom(sent).orElse(null);
        if (difference == null) {
            settlement.committed(lane, receipt);
        } else {
            settlement.inDoubt(lane, Phase.COMPARE, new IOException(difference));
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The change was not made; at a target that does not stage, what was written before may be seen all the same. */
    private void settleUnapplied(Lane lane, Lane.Failure failure, @Nullable Throwable abortFailure) {
        failure.suppress(abortFailure);
        if (abortFailure != null && !lane.target().staged()) {
            settlement.inDoubt(lane, failure.phase(), failure.cause());
        } else {
            settlement.failed(lane, failure, abortFailure);
        }
    }

    private static @Nullable Throwable unwrap(@Nullable Throwable ex) {
        return ex instanceof CompletionException && ex.getCause() != null ? ex.getCause() : ex;
    }

    static Set<String> names(List<Lane> lanes) {
        return lanes.stream().map(lane -> lane.target().name()).collect(Collectors.toSet());
    }
}
