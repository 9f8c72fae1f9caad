package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.ConfiguredSettings.checked;

import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineSettings;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns {@code parallel-write.deadlines} and {@code parallel-write.targets.<name>.deadlines} into the deadlines of the targets,
 * or says how they contradict each other.
 */
final class ConfiguredDeadlines {

    private static final Deadlines DEFAULTS = EngineSettings.defaults().deadlines();
    private static final String ALL = "deadlines.";

    private final ParallelWriteProperties properties;

    ConfiguredDeadlines(ParallelWriteProperties properties) {
        this.properties = properties;
    }

    /** Returns the deadlines of targets that have none of their own. */
    Deadlines ofAll() {
        return checkedTogether(null, properties.deadlines(), DEFAULTS);
    }

    /** Returns the deadlines of a target, configured or not. */
    Deadlines of(String target) {
        ParallelWriteProperties.Target configured = properties.targets().get(target);
        return configured == null ? ofAll() : checkedTogether(target, configured.deadlines(), ofAll());
    }

    /** Returns the property that a deadline of a target comes from, with its prefix. */
    String property(
            @Nullable String target,
            String name,
            Function<ParallelWriteProperties.Deadlines, @Nullable Duration> value) {
        ParallelWriteProperties.Target configured =
                target == null ? null : properties.targets().get(target);
        boolean own = configured != null && value.apply(configured.deadlines()) != null;
        return ParallelWriteProperties.PREFIX + "." + (own ? prefix(target) : ALL) + name;
    }

    private static String prefix(@Nullable String target) {
        return target == null ? ALL : "targets." + target + ".deadlines.";
    }

    private Deadlines checkedTogether(
            @Nullable String target, ParallelWriteProperties.Deadlines given, Deadlines others) {
        String prefix = prefix(target);
        Duration open = checked(prefix + "open", given.open(), others.open(), ConfiguredDeadlines::offer);
        Duration total = checked(prefix + "total", given.total(), others.total(), ConfiguredDeadlines::offer);
        if (total.compareTo(open) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    property(target, "total", ParallelWriteProperties.Deadlines::total),
                    total,
                    "It is shorter than %s [%s], which is a part of it. Set it to that at least, or set that to less"
                            .formatted(property(target, "open", ParallelWriteProperties.Deadlines::open), open));
        }
        return new Deadlines(
                open,
                checked(prefix + "stall", given.stall(), others.stall(), ConfiguredDeadlines::offer),
                checked(prefix + "prepare", given.prepare(), others.prepare(), ConfiguredDeadlines::offer),
                checked(prefix + "commit", given.commit(), others.commit(), ConfiguredDeadlines::offer),
                checked(prefix + "abort", given.abort(), others.abort(), ConfiguredDeadlines::offer),
                total);
    }

    private static void offer(Duration value) {
        Deadlines unused = new Deadlines(value, value, value, value, value, Deadlines.LONGEST);
    }
}
