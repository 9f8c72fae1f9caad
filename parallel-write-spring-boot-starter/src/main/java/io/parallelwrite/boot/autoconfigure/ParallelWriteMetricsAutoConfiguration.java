package io.parallelwrite.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.boot.observe.ReadMeters;
import io.parallelwrite.boot.observe.WriteMeters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of meters, when there is a registry for them. */
@AutoConfiguration(
        before = ParallelWriteAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelWriteMetricsAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    WriteMeters parallelWriteMeters(MeterRegistry registry, ParallelWriteProperties properties) {
        return new WriteMeters(registry, properties.targets().keySet());
    }

    @Bean
    @ConditionalOnMissingBean
    ReadMeters parallelReadMeters(MeterRegistry registry) {
        return new ReadMeters(registry);
    }
}
