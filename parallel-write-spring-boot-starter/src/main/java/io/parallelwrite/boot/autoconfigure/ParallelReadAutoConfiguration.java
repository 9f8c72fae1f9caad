package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.ReadFallback;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.compare.Refill;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of reading what the writer wrote: a {@link ParallelResourceReader}, locations such as {@code
 * parallel:reports/a.csv}, and events.
 *
 * <p>A reader of the user's own replaces the bean. Beans the writer takes in for its reads: {@link ReadListener}, in their
 * order.
 */
@AutoConfiguration(after = ParallelWriteAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelReadAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelReadAutoConfiguration() {}

    /** Static, and without parameters but the context, so that nothing else is made this early. */
    @Bean
    static ParallelProtocolResolver parallelProtocolResolver(ConfigurableApplicationContext context) {
        return new ParallelProtocolResolver(context);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ParallelResourceWriterBuilderCustomizer parallelReadCustomizer(
            ParallelWriteProperties properties,
            ObjectProvider<ReadListener> listeners,
            ApplicationEventPublisher events) {
        return builder -> {
            builder.reads(new ConfiguredSettings(properties).reads());
            listeners.orderedStream().forEach(builder::readListener);
            builder.readListener(new Publisher(events));
        };
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(ParallelResourceWriter.class)
    ParallelResourceReader parallelResourceReader(ParallelResourceWriter writer) {
        return writer.reader();
    }

    /** Publishes what reads find as events; differences are published as divergences. */
    private record Publisher(ApplicationEventPublisher events) implements ReadListener {

        @Override
        public void fellBack(ReadFallback fallback) {
            events.publishEvent(fallback);
        }

        @Override
        public void refilled(Refill refill) {
            events.publishEvent(refill);
        }
    }
}
