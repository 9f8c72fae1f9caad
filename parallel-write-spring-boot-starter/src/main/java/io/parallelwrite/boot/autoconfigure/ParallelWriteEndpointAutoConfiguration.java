package io.parallelwrite.boot.autoconfigure;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.actuate.ParallelWriteEndpoint;
import io.parallelwrite.boot.actuate.RepairingParallelWriteEndpoint;
import io.parallelwrite.repair.BackgroundRepairer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code parallelwrite}, when Spring Boot's actuator is there and exposes it.
 *
 * <p>It only tells, unless {@code parallel-write.endpoint.repair-enabled} is set <em>and</em> the actuator gives it
 * unrestricted access. There are two switches, because {@code management.endpoints.access.default} opens all endpoints at
 * once.
 */
@AutoConfiguration(after = {ParallelWriteAutoConfiguration.class, ParallelWriteRepairAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(ParallelResourceWriter.class)
@ConditionalOnAvailableEndpoint(ParallelWriteEndpoint.class)
@EnableConfigurationProperties(ParallelWriteProperties.class)
public final class ParallelWriteEndpointAutoConfiguration {

    /** Creates the auto-configuration. */
    public ParallelWriteEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "parallel-write.endpoint.repair-enabled")
    RepairingParallelWriteEndpoint repairingParallelWriteEndpoint(
            ParallelResourceWriter writer,
            ParallelWriteProperties properties,
            ObjectProvider<BackgroundRepairer> background) {
        return new RepairingParallelWriteEndpoint(writer, rule(properties), background.getIfUnique());
    }

    @Bean
    @ConditionalOnMissingBean
    ParallelWriteEndpoint parallelWriteEndpoint(
            ParallelResourceWriter writer,
            ParallelWriteProperties properties,
            ObjectProvider<BackgroundRepairer> background) {
        return new ParallelWriteEndpoint(writer, rule(properties), background.getIfUnique());
    }

    private static String rule(ParallelWriteProperties properties) {
        return new ConfiguredRule(properties).rule().toString();
    }
}
