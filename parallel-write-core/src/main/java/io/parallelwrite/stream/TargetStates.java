package io.parallelwrite.stream;

import io.parallelwrite.outcome.ListenerList;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.outcome.TargetStateChange;
import io.parallelwrite.outcome.TargetStateListener;
import io.parallelwrite.outcome.TargetStatus;
import io.parallelwrite.outcome.WriterStatus;
import io.parallelwrite.target.ShownText;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The states of all targets of an engine: worked out from what their breakers and the decision log know, logged and told when
 * they change.
 *
 * <p>Every change is told once and in order, by the thread that noticed it or by one that is telling already: no lock is held
 * while a listener runs, and a listener that causes another change does not wait for itself.
 *
 * <p>Thread-safe. Never blocks.
 */
public final class TargetStates {

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    private static final int SHOWN_CHARACTERS = 500;

    /** The state of a target as it was told, or is being told, last. */
    private record Known(TargetState state, Instant since) {}

    // immutable
    private final EngineParts parts;
    private final List<TargetStateListener> listeners = new CopyOnWriteArrayList<>();

    // mutable, guarded by this
    private final Map<String, Known> known = new HashMap<>();
    private final ArrayDeque<TargetStateChange> untold = new ArrayDeque<>();
    private boolean telling;

    TargetStates(EngineParts parts) {
        this.parts = parts;
        Instant now = parts.timer().instant();
        for (EngineTarget target : parts.targets()) {
            known.put(target.name(), new Known(stateOf(target), now));
            target.breaker().whenChanged(() -> update(target));
        }
        parts.decisions().whenWaitingChanges(this::update);
    }

    /**
     * Adds who hears of changes.
     *
     * @param listener told after those that were added before
     */
    public void addListener(TargetStateListener listener) {
        listeners.add(listener);
    }

    /**
     * Returns how the targets are. Answers from memory.
     *
     * @return the status, by the rule of the engine
     */
    public WriterStatus status() {
        List<EngineTarget> targets = parts.targets();
        Set<String> all = targets.stream().map(EngineTarget::name).collect(Collectors.toSet());
        Set<String> in = targets.stream()
                .filter(target -> !target.breaker().isOut())
                .map(EngineTarget::name)
                .collect(Collectors.toSet());
        return new WriterStatus(
                parts.isMet(in, all), targets.stream().map(this::status).toList());
    }

    /**
     * Tells whether writes do without a target.
     *
     * @param target its name
     * @return {@code true} if it is {@link TargetState#OUT}; {@code false} if it takes writes, or is not there
     */
    public boolean isOut(String target) {
        return parts.targets().stream()
                .anyMatch(candidate ->
                        candidate.name().equals(target) && candidate.breaker().isOut());
    }

    private synchronized TargetStatus status(EngineTarget target) {
        Known last = known.get(target.name());
        TargetState state = stateOf(target);
        Instant since = last == null || last.state() != state ? parts.timer().instant() : last.since();
        return status(target, state, since);
    }

    private TargetStatus status(EngineTarget target, TargetState state, Instant since) {
        TargetBreaker.Outage outage = target.breaker().outage();
        return new TargetStatus(
                target.name(),
                target.scheme(),
                isRequired(target.name()),
                state,
                outage == null ? since : outage.since(),
                outage == null ? null : outage.reason(),
                outage == null ? null : text(outage.lastFailure()),
                target.unreturnedCalls(),
                parts.decisions().waitingCount(target.name()));
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return ShownText.withoutSecrets(message == null ? failure.toString() : message, SHOWN_CHARACTERS);
    }

    private boolean isRequired(String target) {
        Set<String> all = parts.targets().stream().map(EngineTarget::name).collect(Collectors.toSet());
        Set<String> others = new HashSet<>(all);
        others.remove(target);
        return !parts.isMet(others, all);
    }

    private TargetState stateOf(EngineTarget target) {
        if (target.breaker().isOut()) {
            return TargetState.OUT;
        }
        return parts.decisions().waitingCount(target.name()) > 0 ? TargetState.CATCHING_UP : TargetState.IN_SYNC;
    }

    private void update(String name) {
        parts.targets().stream().filter(target -> target.name().equals(name)).forEach(this::update);
    }

    private void update(EngineTarget target) {
        synchronized (this) {
            TargetState state = stateOf(target);
            Known last = known.get(target.name());
            if (last == null || last.state() == state) {
                return;
            }
            Instant now = parts.timer().instant();
            known.put(target.name(), new Known(state, now));
            untold.add(new TargetStateChange(last.state(), status(target, state, now)));
            if (telling) {
                return; // whoever tells goes on with this one
            }
            telling = true;
        }
        for (TargetStateChange change = next(); change != null; change = next()) {
            tell(change);
        }
    }

    private synchronized @Nullable TargetStateChange next() {
        TargetStateChange change = untold.poll();
        telling = change != null;
        return change;
    }

    private void tell(TargetStateChange change) {
        log(change);
        new ListenerList<>(listeners).tell(change.target(), listener -> listener.changed(change));
    }

    private static void log(TargetStateChange change) {
        TargetStatus status = change.status();
        String target = "Target '" + status.target() + "' ";
        switch (status.state()) {
            case OUT ->
                log.warn(target + "is out: " + status.reason() + ": " + status.lastFailure()
                        + ". Writes do without it until a probe of it succeeds");
            case CATCHING_UP ->
                log.info(target + (change.previous() == TargetState.OUT ? "takes writes again" : "takes writes")
                        + "; missed, or in doubt, and to be repaired: " + status.waitingEntries());
            case IN_SYNC ->
                log.info(target + (change.previous() == TargetState.OUT ? "takes writes again" : "is in sync again"));
        }
    }
}
