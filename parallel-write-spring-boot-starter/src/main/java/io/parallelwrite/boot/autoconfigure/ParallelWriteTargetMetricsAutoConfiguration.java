package io.parallelwrite.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.observe.TargetMeters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters that ask the writer how its targets are, when there is a registry for them. */
@AutoConfiguration(
        after = ParallelWriteAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(ParallelResourceWriter.class)
public final class ParallelWriteTargetMetricsAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteTargetMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    @ConditionalOnMissingBean
    TargetMeters parallelTargetMeters(MeterRegistry registry, ParallelResourceWriter writer) {
        return new TargetMeters(registry, writer);
    }
}
