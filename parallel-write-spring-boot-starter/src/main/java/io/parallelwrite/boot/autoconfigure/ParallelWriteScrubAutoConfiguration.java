package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.repair.Scrubber;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of a {@link Scrubber}, which verifies and repairs copies also where no journal remembers them. It does
 * nothing on its own.
 *
 * <p>A scrubber of the user's own replaces the bean.
 */
@AutoConfiguration(after = ParallelWriteAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelWriteScrubAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteScrubAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ParallelResourceWriterBuilderCustomizer parallelWriteScrubCustomizer(ParallelWriteProperties properties) {
        return builder -> builder.scrubs(new ConfiguredScrubs(properties).settings());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(ParallelResourceWriter.class)
    Scrubber parallelWriteScrubber(ParallelResourceWriter writer) {
        return writer.scrubber();
    }
}
