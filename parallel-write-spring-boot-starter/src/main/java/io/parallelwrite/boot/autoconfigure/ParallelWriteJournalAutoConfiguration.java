package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the journal of the writer: a {@link FileJournal} where {@code parallel-write.journal.directory} says,
 * else beside the first {@code file:} target, when there are two targets or more. {@code parallel-write.journal.type} chooses
 * one in memory, or none.
 *
 * <p>A journal of the user's own is used instead. Either is closed with the other beans, which is after the writer.
 */
@AutoConfiguration(before = ParallelWriteAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelWriteJournalAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteJournalAutoConfiguration() {}

    /** Lazy, so that the writer can first check that the directory is apart from its targets. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(Journal.class)
    @Conditional(OnJournalCondition.class)
    Journal parallelWriteJournal(ParallelWriteProperties properties) {
        return new ConfiguredJournal(properties).open();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ParallelResourceWriterBuilderCustomizer parallelWriteJournalCustomizer(ObjectProvider<Journal> journals) {
        return builder -> journals.ifAvailable(builder::journal);
    }
}
