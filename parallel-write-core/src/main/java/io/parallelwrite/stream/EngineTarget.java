package io.parallelwrite.stream;

import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the engine keeps for one target across all writes: its share of the workers, its deadlines, whether it takes
 * writes, and the paths at which a commit or delete was given up and has not returned.
 *
 * <p>While such a call is out, no other commit of that path is sent to this target: the late one could undo it.
 *
 * <p>Thread-safe.
 */
final class EngineTarget {

    // immutable
    private final Target target;
    private final String name;
    private final String scheme;
    private final boolean staged;
    private final TargetWorkers workers;
    private final Deadlines deadlines;
    private final Lagging lagging;
    private final TargetBreaker breaker;

    // guarded by this; a count, because the end of a call may be seen before its giving up is
    private final Map<TargetPath, Integer> unreturned = new HashMap<>();

    EngineTarget(Target target, EngineSettings settings, EngineEnvironment environment) {
        this.target = target;
        this.name = target.name();
        this.scheme = target.scheme();
        this.staged = target.staged();
        this.deadlines = settings.deadlinesOf(name);
        this.lagging = settings.laggingOf(name);
        DeadlineTimer timer = environment.timer();
        this.breaker = new TargetBreaker(
                name,
                settings.breaker(),
                new ProbeDelay(settings.breaker(), RandomGenerator.getDefault()),
                timer,
                end -> TargetProbe.start(this, timer, end));
        this.workers = new TargetWorkers(name, environment.executor(), settings.workersPerTarget(), breaker::stuck);
    }

    Target target() {
        return target;
    }

    String name() {
        return name;
    }

    String scheme() {
        return scheme;
    }

    boolean staged() {
        return staged;
    }

    Lagging lagging() {
        return lagging;
    }

    TargetBreaker breaker() {
        return breaker;
    }

    int unreturnedCalls() {
        return workers.abandonedCount();
    }

    TargetCalls calls(DeadlineTimer timer) {
        return new TargetCalls(this, workers, deadlines, timer);
    }

    Lane newLane(DeadlineTimer timer, Lane.Owner owner) {
        return new Lane(this, workers, deadlines, timer, owner);
    }

    synchronized void changeAbandoned(TargetPath path) {
        unreturned.merge(path, 1, EngineTarget::sumOrNothing);
    }

    synchronized void changeReturned(TargetPath path) {
        unreturned.merge(path, -1, EngineTarget::sumOrNothing);
    }

    synchronized boolean hasUnreturnedChange(TargetPath path) {
        return unreturned.getOrDefault(path, 0) > 0;
    }

    @SuppressWarnings("NullAway") // Map.merge removes the entry when the function returns null
    private static Integer sumOrNothing(Integer a, Integer b) {
        return a + b == 0 ? null : a + b;
    }
}
