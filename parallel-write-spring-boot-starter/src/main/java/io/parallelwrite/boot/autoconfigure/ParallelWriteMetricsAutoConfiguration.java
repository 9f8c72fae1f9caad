package io.parallelwrite.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.parallelwrite.boot.observe.ReadMeters;
import io.parallelwrite.boot.observe.RepairMeters;
import io.parallelwrite.boot.observe.SweepMeters;
import io.parallelwrite.boot.observe.WriteMeters;
import io.parallelwrite.divergence.Journal;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration of meters, when there is a registry for them. */
@AutoConfiguration(
        before = ParallelWriteAutoConfiguration.class,
        after = ParallelWriteJournalAutoConfiguration.class,
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

    @Bean
    @ConditionalOnMissingBean
    SweepMeters parallelSweepMeters(MeterRegistry registry) {
        return new SweepMeters(registry);
    }

    /** Lazy, as the journal is: the writer asks for it. */
    @Bean
    @Lazy
    @ConditionalOnBean(Journal.class)
    @ConditionalOnMissingBean
    RepairMeters parallelRepairMeters(MeterRegistry registry, Journal journal) {
        return new RepairMeters(registry, journal);
    }
}
