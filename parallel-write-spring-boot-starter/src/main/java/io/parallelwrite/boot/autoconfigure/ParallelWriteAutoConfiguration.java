package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.ParallelResourceWriterBuilder;
import io.parallelwrite.divergence.DivergenceListener;
import io.parallelwrite.outcome.TargetStateListener;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetConflictException;
import io.parallelwrite.target.TargetFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of a {@link ParallelResourceWriter} with the targets of {@code parallel-write.targets}.
 *
 * <p>A writer of the user's own replaces it. Beans it takes in: {@link TargetFactory}, {@link WriteListener}, {@link
 * DivergenceListener} and {@link ParallelResourceWriterBuilderCustomizer}, each in their order, and the executor named
 * {@code parallelWriteTaskExecutor}.
 */
@AutoConfiguration(after = TaskExecutionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParallelWriteProperties.class)
@Import({ParallelWriteExecutorConfiguration.class, ParallelWriteTargetConfiguration.class})
public final class ParallelWriteAutoConfiguration {

    private static final Log logger = LogFactory.getLog(ParallelWriteAutoConfiguration.class);

    /** Creates the auto-configuration. */
    public ParallelWriteAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ParallelResourceWriter parallelResourceWriter(
            ParallelWriteProperties properties,
            ObjectProvider<TargetFactory> factories,
            @Qualifier(ParallelWriteExecutorConfiguration.BEAN_NAME) Executor executor,
            ObjectProvider<ParallelResourceWriterBuilderCustomizer> customizers)
            throws IOException {
        ConfiguredSettings settings = new ConfiguredSettings(properties);
        warnAboutFewWorkers(settings.workers(), properties.targets().size());
        List<Target> targets = new ConfiguredTargets(factories.orderedStream().toList()).create(properties);
        new ConfiguredJournal(properties).checkApartFrom(targets); // before a customizer opens it
        ParallelResourceWriterBuilder builder = ParallelResourceWriter.builder()
                .settings(settings.engine())
                .targets(targets)
                .executor(executor);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        ParallelResourceWriter writer = build(builder, properties);
        StartReport.log(writer, builder.settings().rule(), properties);
        return writer;
    }

    private static ParallelResourceWriter build(
            ParallelResourceWriterBuilder builder, ParallelWriteProperties properties) throws IOException {
        try {
            return checked(builder.build(), properties);
        } catch (IllegalArgumentException e) {
            // A customizer may have added targets; without one, no configured target is what the builder complains of.
            throw properties.targets().isEmpty() && !(e instanceof TargetConflictException)
                    ? ConfiguredTargets.noTargets()
                    : e;
        }
    }

    private static ParallelResourceWriter checked(ParallelResourceWriter writer, ParallelWriteProperties properties)
            throws IOException {
        boolean good = false;
        try {
            new ConfiguredRepairs(properties).checkAgainst(writer);
            good = true;
            return writer;
        } finally {
            if (!good) {
                writer.close();
            }
        }
    }

    private static void warnAboutFewWorkers(int workers, int targets) {
        if (workers < targets) {
            logger.warn("parallel-write.executor.size [%d] is smaller than the number of targets [%d]: targets wait for"
                            .formatted(workers, targets)
                    + " each other's threads, so one that hangs can make the others miss their deadlines");
        }
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ParallelResourceWriterBuilderCustomizer parallelWriteListenersCustomizer(
            ObjectProvider<WriteListener> writeListeners,
            ObjectProvider<DivergenceListener> divergenceListeners,
            ObjectProvider<TargetStateListener> targetStateListeners,
            @Qualifier(ParallelWriteExecutorConfiguration.BEAN_NAME) Executor executor,
            ApplicationEventPublisher events) {
        return builder -> {
            writeListeners.orderedStream().forEach(builder::listener);
            divergenceListeners.orderedStream().forEach(builder::divergenceListener);
            builder.divergenceListener(events::publishEvent);
            targetStateListeners.orderedStream().forEach(builder::targetStateListener);
            builder.targetStateListener(new TargetStatePublisher(events, executor));
        };
    }

    @Bean
    WriterShutdown parallelWriteShutdown(ConfigurableApplicationContext context) {
        // Not injected: that would bring the writers of a parent context, which outlive this one.
        return new WriterShutdown(
                context, context.getBeansOfType(ParallelResourceWriter.class).values());
    }
}
