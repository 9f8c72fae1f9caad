package io.parallelwrite.stream;

import io.parallelwrite.outcome.AcknowledgementRule;
import java.util.List;
import java.util.Set;
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
                one, AcknowledgementRule.all(), pool, pathLocks, admission, timer, listeners, DecisionLog.NONE);
    }

    /** Returns the same parts for writes with another rule. */
    EngineParts withRule(AcknowledgementRule rule) {
        return new EngineParts(targets, rule, pool, pathLocks, admission, timer, listeners, decisions);
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
