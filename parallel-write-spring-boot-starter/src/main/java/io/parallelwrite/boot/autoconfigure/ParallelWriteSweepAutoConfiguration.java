package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.repair.BackgroundSweeper;
import io.parallelwrite.repair.SweepListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of sweeping: a background sweeper that runs with the application, and events.
 *
 * <p>Beans it takes in: {@link SweepListener}, in their order. A background sweeper of the user's own is the user's to start.
 */
@AutoConfiguration(after = ParallelWriteAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(ParallelResourceWriter.class)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelWriteSweepAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteSweepAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ParallelResourceWriterBuilderCustomizer parallelWriteSweepCustomizer(
            ParallelWriteProperties properties,
            ObjectProvider<SweepListener> listeners,
            ApplicationEventPublisher events) {
        return builder -> {
            builder.sweeps(new ConfiguredSweeps(properties).settings());
            listeners.orderedStream().forEach(builder::sweepListener);
            builder.sweepListener(events::publishEvent);
        };
    }

    /** Sweeps in the background. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "parallel-write.sweep.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(BackgroundSweeper.class)
    static class Background {

        /** A writer of the user's own may be of a kind that has no sweeper; then there is nothing to run. */
        @Bean
        SweepLifecycle parallelWriteSweepLifecycle(ParallelResourceWriter writer, ParallelWriteProperties properties) {
            return new SweepLifecycle(
                    writer.sweeper().map(BackgroundSweeper::new).orElse(null),
                    new ConfiguredSettings(properties).engine().shutdown());
        }
    }
}
