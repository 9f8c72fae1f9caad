package io.parallelwrite.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees, while the caller of one write waits, which targets hold it up, and detaches those whose patience is over.
 *
 * <h2>Who holds it up</h2>
 * Late are the lanes the caller waits for: those that have not opened, or not prepared, or that have, of the bytes they have
 * not taken, more than half as many as the lane that is furthest behind. They hold the caller up if each of them may be
 * detached and the acknowledgement rule is met by the rest. If one has to stay, the caller would wait anyway, and none is to
 * blame. Two targets of about one speed are late together; jitter makes no difference.
 *
 * <h2>When it looks</h2>
 * When the caller begins or ends to wait, when a target has done something, and when a lane fails. Patience is used up in
 * between by those that hold it up. Without targets that may be detached it does nothing.
 *
 * <p>Thread-safe. Its monitor is held while the rule is asked and while those of the lanes are taken.
 */
final class LagWatch {

    // immutable
    private final EngineParts parts;
    private final List<Lane> lanes;
    private final Map<Lane, Patience> patience = new LinkedHashMap<>();

    // mutable, guarded by this
    private final Set<Lane> detached = new HashSet<>();
    private @Nullable Wait wait;

    /** What the caller waits for: finds, among the lanes that are well, those that are late with it. */
    private interface Wait {
        List<Lane> late(List<Lane> good);
    }

    LagWatch(EngineParts parts, List<Lane> lanes) {
        this.parts = parts;
        this.lanes = lanes;
        for (Lane lane : lanes) {
            if (lane.target().lagging() instanceof Lagging.Detach detach) {
                patience.put(lane, new Patience(parts.timer(), detach.patience(), () -> lookAt(lane)));
            }
        }
    }

    /** The caller begins to wait for one step of every lane. */
    void waitForSteps(Map<Lane, ? extends CompletableFuture<?>> steps) {
        Predicate<Lane> pending = lane -> {
            CompletableFuture<?> step = steps.get(lane);
            return step != null && !step.isDone();
        };
        begin(good -> good.stream().filter(pending).toList());
    }

    /** The caller begins to wait for memory. */
    void waitForMemory() {
        begin(LagWatch::furthestBehind);
    }

    private static List<Lane> furthestBehind(List<Lane> good) {
        long most = good.stream().mapToLong(Lane::behindByteCount).max().orElse(0);
        return good.stream().filter(lane -> 2 * lane.behindByteCount() > most).toList();
    }

    private void begin(Wait what) {
        if (!patience.isEmpty()) {
            synchronized (this) {
                wait = what;
                lookNow();
            }
        }
    }

    /** The caller goes on. */
    void end() {
        if (!patience.isEmpty()) {
            synchronized (this) {
                wait = null;
                lookNow();
            }
        }
    }

    /** Something has changed: a target has done something, or failed. */
    void look() {
        if (!patience.isEmpty()) {
            synchronized (this) {
                lookNow();
            }
        }
    }

    /** The outcome is known: no alarm is left. */
    synchronized void close() {
        wait = null;
        patience.values().forEach(Patience::close);
    }

    /** Guarded by this. */
    private void lookNow() {
        List<Lane> holding = wait == null ? List.of() : holding(wait);
        patience.forEach((lane, left) -> left.wear(holding.contains(lane)));
    }

    /** Guarded by this. Returns the lanes without which the caller would go on and the write could succeed. */
    private List<Lane> holding(Wait wait) {
        List<Lane> good = lanes.stream()
                .filter(lane -> lane.failure() == null && !detached.contains(lane))
                .toList();
        List<Lane> late = wait.late(good);
        List<Lane> rest = new ArrayList<>(good);
        rest.removeAll(late);
        boolean needless =
                patience.keySet().containsAll(late) && parts.isMet(CommitRound.names(rest), CommitRound.names(lanes));
        return needless ? late : List.of();
    }

    /** Its patience may be over. On the alarm's thread. */
    private void lookAt(Lane lane) {
        Patience left = patience.get(lane);
        synchronized (this) {
            lookNow();
            if (left == null || !left.isOver()) {
                return;
            }
            detached.add(lane); // from here on it is not counted on
            lookNow();
        }
        lane.detach(left.whole());
    }
}
