package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.actuate.ParallelWriteHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health contributor {@code parallelWrite}, when Spring Boot's health is there.
 *
 * <p>A bean named {@code parallelWriteHealthIndicator} of the user's own replaces it.
 */
@AutoConfiguration(after = ParallelWriteAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(ParallelResourceWriter.class)
@ConditionalOnEnabledHealthIndicator("parallel-write")
public final class ParallelWriteHealthAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "parallelWriteHealthIndicator")
    ParallelWriteHealthIndicator parallelWriteHealthIndicator(ParallelResourceWriter writer) {
        return new ParallelWriteHealthIndicator(writer);
    }
}
