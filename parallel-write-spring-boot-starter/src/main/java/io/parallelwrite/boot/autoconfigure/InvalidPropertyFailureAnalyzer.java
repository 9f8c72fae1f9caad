package io.parallelwrite.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a value the core refused, when Spring Boot's own analyzer cannot.
 *
 * <p>That one knows where the value comes from, but only if it is written there in kebab case; an environment variable or
 * a camel-case key makes it pass. This one comes after it.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
        if (!cause.getName().startsWith(ParallelWriteProperties.PREFIX + ".")) {
            return null;
        }
        String problem = "%s [%s] cannot be used: %s".formatted(cause.getName(), cause.getValue(), cause.getReason());
        return new FailureAnalysis(problem, "Correct the value of " + cause.getName() + ".", cause);
    }
}
