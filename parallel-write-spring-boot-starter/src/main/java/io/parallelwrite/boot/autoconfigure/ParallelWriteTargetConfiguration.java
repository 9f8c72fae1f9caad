package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.target.FileTargetFactory;
import io.parallelwrite.target.MemoryTargetFactory;
import io.parallelwrite.target.ResourceTargetFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;

/**
 * The kinds of targets that need no library.
 *
 * <p>All have the lowest precedence. Among equals the one registered first is asked first: the application's own factories
 * come before these, these in the order of their methods.
 */
@Configuration(proxyBeanMethods = false)
class ParallelWriteTargetConfiguration {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnMissingBean
    FileTargetFactory parallelWriteFileTargetFactory(ParallelWriteProperties properties) {
        return new FileTargetFactory(new ConfiguredFileSettings(properties)::of);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnMissingBean
    MemoryTargetFactory parallelWriteMemoryTargetFactory() {
        return new MemoryTargetFactory();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnMissingBean
    ResourceTargetFactory parallelWriteResourceTargetFactory(ResourceLoader loader) {
        return new ResourceTargetFactory(loader);
    }
}
