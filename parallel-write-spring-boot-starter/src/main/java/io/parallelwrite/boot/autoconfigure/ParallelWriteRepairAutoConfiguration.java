package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.RepairedPath;
import io.parallelwrite.repair.Repairer;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
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
 * Auto-configuration of repairs, when there is a journal: a {@link Repairer}, a {@link BackgroundRepairer} that runs with the
 * application, and events.
 *
 * <p>Beans it takes in: {@link RepairListener}, in their order. A repairer of the user's own replaces the bean; a background
 * repairer of the user's own is the user's to start.
 */
@AutoConfiguration(after = {ParallelWriteJournalAutoConfiguration.class, ParallelWriteAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@ConditionalOnBean(Journal.class)
@ConditionalOnSingleCandidate(ParallelResourceWriter.class)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelWriteRepairAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteRepairAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ParallelResourceWriterBuilderCustomizer parallelWriteRepairCustomizer(
            ParallelWriteProperties properties,
            ObjectProvider<RepairListener> listeners,
            ApplicationEventPublisher events) {
        return builder -> {
            builder.repairs(new ConfiguredRepairs(properties).settings());
            listeners.orderedStream().forEach(builder::repairListener);
            builder.repairListener(new Publisher(events));
        };
    }

    @Bean
    @ConditionalOnMissingBean
    Repairer parallelWriteRepairer(ParallelResourceWriter writer) {
        return writer.repairer()
                .orElseThrow(() -> new IllegalStateException("There is a Journal bean, and the ParallelResourceWriter"
                        + " of this application was built without it; give it to"
                        + " ParallelResourceWriterBuilder.journal(Journal), or remove it"));
    }

    /** Repairs in the background. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "parallel-write.repair.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(BackgroundRepairer.class)
    static class Background {

        @Bean
        BackgroundRepairer parallelWriteBackgroundRepairer(Repairer repairer) {
            return new BackgroundRepairer(repairer);
        }

        @Bean
        RecoveryWait parallelWriteRecoveryWait(
                BackgroundRepairer parallelWriteBackgroundRepairer,
                Repairer repairer,
                ParallelWriteProperties properties) {
            Duration wait = new ConfiguredRepairs(properties).startupWait();
            return new RecoveryWait(parallelWriteBackgroundRepairer, repairer.journal(), wait);
        }

        @Bean
        RepairLifecycle parallelWriteRepairLifecycle(
                BackgroundRepairer parallelWriteBackgroundRepairer, ParallelWriteProperties properties) {
            return new RepairLifecycle(
                    parallelWriteBackgroundRepairer,
                    new ConfiguredSettings(properties).engine().shutdown());
        }
    }

    /** Publishes how divergences end. */
    private record Publisher(ApplicationEventPublisher events) implements RepairListener {

        @Override
        public void repaired(RepairOutcome.Settled repaired) {
            events.publishEvent(repaired);
        }

        @Override
        public void copied(RepairedPath copied) {
            events.publishEvent(copied);
        }

        @Override
        public void rolledBack(RepairOutcome.RolledBack rolledBack) {
            events.publishEvent(rolledBack);
        }

        @Override
        public void givenUp(RepairOutcome.GivenUp givenUp) {
            events.publishEvent(givenUp);
        }
    }
}
