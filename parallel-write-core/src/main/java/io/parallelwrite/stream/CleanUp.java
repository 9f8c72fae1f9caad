package io.parallelwrite.stream;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.LaggingTargetException;
import io.parallelwrite.outcome.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Discards what the lanes of one write have staged, and settles each when that is done.
 *
 * <p>A lane that was detached is discarded from that moment on. If its target stages, nobody waits for it: when the write
 * ends first, it is settled as it is. If not, its bytes may be seen, and the write waits for it as for any other.
 *
 * <p>Thread-safe. Never blocks: waiting is done on the futures.
 */
final class CleanUp {

    /** Hears of a clean-up that failed after its lane had been settled. */
    interface Late {
        void abortFailed(Lane lane, Throwable failure);
    }

    // immutable
    private final List<Lane> lanes;
    private final Settlement settlement;
    private final Late late;

    /** Each lane is discarded once; the future completes well, when that has ended or its deadline has passed. */
    private final Map<Lane, CompletableFuture<Void>> begun = new ConcurrentHashMap<>();

    CleanUp(List<Lane> lanes, Settlement settlement, Late late) {
        this.lanes = lanes;
        this.settlement = settlement;
        this.late = late;
    }

    static boolean isDetached(Lane lane) {
        Lane.Failure failure = lane.failure();
        return failure != null && failure.cause() instanceof LaggingTargetException;
    }

    /** Starts to discard what a lane has staged, unless that has been done. */
    CompletableFuture<?> discard(Lane lane) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> earlier = begun.putIfAbsent(lane, end);
        if (earlier != null) {
            return earlier;
        }
        Lane.Failure failure = lane.failure(); // before the abort, which makes running calls fail
        lane.abort().whenComplete((gone, ex) -> {
            try {
                settle(lane, failure, ex);
            } finally {
                end.complete(null); // who waits for the clean-up goes on
            }
        });
        return end;
    }

    /** Aborts the lanes that have no outcome yet; settles them, and returns what is to be waited for. */
    List<CompletableFuture<?>> discardUnsettled() {
        settleDetached();
        return lanes.stream()
                .filter(lane -> !settlement.isSettled(lane))
                .<CompletableFuture<?>>map(this::discard)
                .toList();
    }

    /** Settles the detached lanes that nobody waits for, as they are. */
    void settleDetached() {
        for (Lane lane : lanes) {
            if (isDetached(lane) && lane.target().staged()) {
                CompletableFuture<?> unused = discard(lane); // the alarm may be about to
                settleUnfinished(lane);
            }
        }
    }

    private void settleUnfinished(Lane lane) {
        Lane.Failure failure = lane.failure();
        if (failure != null && !settlement.isSettled(lane)) {
            settlement.failed(
                    lane,
                    failure,
                    new IOException("what it had staged was still being discarded when the write ended"));
        }
    }

    /** Completes when nothing is being discarded any more, or its deadline has passed. */
    CompletableFuture<?> done() {
        return CompletableFuture.allOf(begun.values().toArray(CompletableFuture<?>[]::new));
    }

    private void settle(Lane lane, Lane.@Nullable Failure failure, @Nullable Throwable abortFailure) {
        if (failure != null) {
            failure.suppress(abortFailure);
        }
        if (abortFailure != null && settlement.isSettled(lane)) {
            tellLate(lane, abortFailure);
        } else if (abortFailure != null && !lane.target().staged()) {
            settlement.inDoubt(
                    lane,
                    failure != null ? failure.phase() : Phase.ABORT,
                    failure != null ? failure.cause() : abortFailure);
        } else if (failure != null) {
            settlement.failed(lane, failure, abortFailure);
        } else {
            settlement.aborted(lane, abortFailure);
        }
    }

    private void tellLate(Lane lane, Throwable abortFailure) {
        if (!(abortFailure instanceof DeadlineExceededException)) { // else it is told when it ends
            late.abortFailed(lane, abortFailure);
        }
    }
}
