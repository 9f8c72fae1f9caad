package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.boot.autoconfigure.ParallelWriteProperties.LaggingPolicy;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.Lagging;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns {@code parallel-write.targets.<name>.lagging} and {@code lagging-patience} into what becomes of a write that the target
 * holds up, or says that no write can do without it.
 */
final class ConfiguredLagging {

    private final Map<String, ParallelWriteProperties.Target> targets;

    ConfiguredLagging(ParallelWriteProperties properties) {
        this.targets = properties.targets();
    }

    /** Adds it to settings that have the rule already. */
    EngineSettings addTo(EngineSettings settings) {
        EngineSettings all = settings;
        for (Map.Entry<String, ParallelWriteProperties.Target> target : targets.entrySet()) {
            Duration patience = checked(
                    "targets." + target.getKey() + ".lagging-patience",
                    target.getValue().laggingPatience(),
                    Lagging.DEFAULT_PATIENCE,
                    Lagging::detachAfter);
            if (target.getValue().lagging() == LaggingPolicy.DETACH) {
                checkNotNeeded(target.getKey(), settings.rule());
                all = all.withLagging(target.getKey(), Lagging.detachAfter(patience));
            }
        }
        return all;
    }

    private void checkNotNeeded(String target, AcknowledgementRule rule) {
        Set<String> others = new HashSet<>(targets.keySet());
        others.remove(target);
        if (!rule.isMet(others, targets.keySet())) {
            String prefix = ParallelWriteProperties.PREFIX + ".targets." + target;
            throw new InvalidConfigurationPropertyValueException(
                    prefix + ".lagging",
                    "detach",
                    "No write can be a success without this target, so it can never be detached. Set %s.required=false, choose a %s.acknowledge that is met without it, or set it to block"
                            .formatted(prefix, ParallelWriteProperties.PREFIX));
        }
    }
}
