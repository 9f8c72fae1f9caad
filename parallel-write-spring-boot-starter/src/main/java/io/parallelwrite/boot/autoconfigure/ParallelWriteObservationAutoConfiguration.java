package io.parallelwrite.boot.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.parallelwrite.boot.observe.TargetWriteObservationConvention;
import io.parallelwrite.boot.observe.WriteObservationConvention;
import io.parallelwrite.boot.observe.WriteObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of observations, when there is a registry for them. Beans of the types {@link
 * WriteObservationConvention} and {@link TargetWriteObservationConvention} change their names and tags.
 */
@AutoConfiguration(
        before = ParallelWriteAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
public final class ParallelWriteObservationAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    WriteObserver parallelWriteObserver(
            ObservationRegistry registry,
            ObjectProvider<WriteObservationConvention> writeConvention,
            ObjectProvider<TargetWriteObservationConvention> targetConvention) {
        return new WriteObserver(registry, writeConvention.getIfUnique(), targetConvention.getIfUnique());
    }
}
