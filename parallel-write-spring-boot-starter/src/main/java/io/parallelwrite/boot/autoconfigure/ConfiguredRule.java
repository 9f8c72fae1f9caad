package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.outcome.AcknowledgementRule;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns {@code parallel-write.acknowledge} and {@code parallel-write.targets.<name>.required} into the acknowledgement rule,
 * or says how they contradict each other.
 *
 * <p>Under {@code all} every target is required that does not say otherwise; under the other rules none is that does not say
 * so.
 */
final class ConfiguredRule {

    private static final String PROPERTY = "acknowledge";
    private static final String WORDS = "all, majority, any, or a number of targets";

    private final Map<String, ParallelWriteProperties.Target> targets;
    private final String given;

    ConfiguredRule(ParallelWriteProperties properties) {
        this.targets = properties.targets();
        this.given = properties.acknowledge() == null ? "all" : properties.acknowledge();
    }

    AcknowledgementRule rule() {
        AcknowledgementRule rule = switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "all" -> AcknowledgementRule.all();
            case "majority" -> AcknowledgementRule.majority();
            case "any" -> AcknowledgementRule.atLeast(1);
            default -> atLeast(number());
        };
        return rule.equals(AcknowledgementRule.all()) ? allButThoseNotRequired() : withRequired(rule);
    }

    private int number() {
        try {
            return Integer.parseInt(given.strip());
        } catch (NumberFormatException e) {
            throw refused("It is no rule; set it to " + WORDS, e);
        }
    }

    private AcknowledgementRule atLeast(int count) {
        if (!targets.isEmpty() && count > targets.size()) { // without any, a customizer must add them
            throw refused(
                    "There are only %d targets, %s, so no write could succeed; set it to %d at most"
                            .formatted(targets.size(), new TreeSet<>(targets.keySet()), targets.size()),
                    null);
        }
        try {
            return AcknowledgementRule.atLeast(count);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage() + "; set it to " + WORDS, e);
        }
    }

    private AcknowledgementRule allButThoseNotRequired() {
        Set<String> optional = targetsWith(false);
        if (optional.isEmpty()) {
            return AcknowledgementRule.all();
        }
        Set<String> required = new TreeSet<>(targets.keySet());
        required.removeAll(optional);
        if (required.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    ParallelWriteProperties.PREFIX + ".targets."
                            + optional.iterator().next() + ".required",
                    false,
                    "No target is required, so a write that is on none would be a success. Require one of " + optional
                            + ", or set parallel-write.acknowledge to any if it does not matter which of them holds a"
                            + " write");
        }
        return AcknowledgementRule.requiring(required);
    }

    private AcknowledgementRule withRequired(AcknowledgementRule rule) {
        Set<String> required = targetsWith(true);
        if (required.isEmpty()) {
            return rule;
        }
        if (required.equals(targets.keySet()) && !rule.needsAllOf(required)) {
            throw refused(
                    "It is met by some of the targets, but each of " + required + " has required=true. Remove"
                            + " required=true where a target may miss a write, or set it to all",
                    null);
        }
        return rule.and(AcknowledgementRule.requiring(required));
    }

    private Set<String> targetsWith(boolean required) {
        Set<String> names = new TreeSet<>();
        targets.forEach((name, target) -> {
            if (Boolean.valueOf(required).equals(target.required())) {
                names.add(name);
            }
        });
        return names;
    }

    private InvalidConfigurationPropertyValueException refused(String reason, @Nullable RuntimeException cause) {
        return new InvalidConfigurationPropertyValueException(
                ParallelWriteProperties.PREFIX + "." + PROPERTY, given, reason, cause);
    }
}
