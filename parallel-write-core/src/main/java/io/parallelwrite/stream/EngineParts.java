package io.parallelwrite.stream;

import io.parallelwrite.outcome.AcknowledgementRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What all writes of one engine share.
 *
 * @param targets in the order outcomes are reported
 * @param rule which targets must hold a write
 * @param pool the memory
 * @param pathLocks the order of commits
 * @param admission the gate
 * @param executor lends workers
 * @param timer the clock
 * @param listeners who hears of writes
 * @param decisions remembers what is about to become visible
 */
record EngineParts(
        List<EngineTarget> targets,
        AcknowledgementRule rule,
        ChunkPool pool,
        PathLocks pathLocks,
        Admission admission,
        Executor executor,
        DeadlineTimer timer,
        Listeners listeners,
        DecisionLog decisions) {

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    /** Returns the same parts for writes to one target alone. */
    EngineParts only(String target) {
        List<EngineTarget> one = targets.stream()
                .filter(candidate -> candidate.name().equals(target))
                .toList();
        if (one.isEmpty()) {
            throw new IllegalArgumentException("There is no target '" + target + "', only "
                    + targets.stream().map(EngineTarget::name).toList());
        }
        return new EngineParts(
                one, AcknowledgementRule.all(), pool, pathLocks, admission, executor, timer, listeners, decisions);
    }

    /** Returns the same parts for writes with another rule. */
    EngineParts withRule(AcknowledgementRule rule) {
        return new EngineParts(targets, rule, pool, pathLocks, admission, executor, timer, listeners, decisions);
    }

    /** Refuses a rule that no write could meet, even if all goes well. */
    void checkCanBeMet(AcknowledgementRule rule) {
        Set<String> names = targets.stream().map(EngineTarget::name).collect(Collectors.toSet());
        if (!withRule(rule).isMet(names, names)) {
            throw new IllegalArgumentException(
                    "The acknowledgement rule [" + rule + "] can never be met by the targets "
                            + targets.stream().map(EngineTarget::name).toList() + "; correct the rule or add targets");
        }
    }

    /** Refuses to detach a target that every write needs. */
    void checkLagging(Map<String, Lagging> lagging) {
        Set<String> names = targets.stream().map(EngineTarget::name).collect(Collectors.toSet());
        lagging.forEach((name, policy) -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("There is no target '" + name + "' that could lag behind, only "
                        + targets.stream().map(EngineTarget::name).toList());
            }
            Set<String> others = new HashSet<>(names);
            others.remove(name);
            if (policy instanceof Lagging.Detach && !isMet(others, names)) {
                throw new IllegalArgumentException("Target '" + name
                        + "' is to be detached when it lags behind, but the"
                        + " acknowledgement rule [" + rule + "] is never met without it; let it block, or choose a rule"
                        + " that can do without it");
            }
        });
    }

    /** Asks the rule; one that throws is not met, and says so in the log. */
    boolean isMet(Set<String> good, Set<String> all) {
        try {
            return rule.isMet(good, all);
        } catch (RuntimeException | Error ex) {
            log.error(
                    "The acknowledgement rule " + rule + " failed for " + good + " of " + all
                            + "; the write counts as not acknowledged",
                    ex);
            return false;
        }
    }
}
