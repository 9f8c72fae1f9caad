package io.parallelwrite.boot.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.parallelwrite.s3.S3TargetFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * Auto-configuration of targets in S3, when Spring Cloud AWS is there to say where that is and who asks.
 *
 * <p>The targets have a client of their own, named {@code parallelWriteS3AsyncClient}, made when the first target needs
 * it; a bean of the application with that name replaces it. No other {@link S3AsyncClient} is used, because one that was
 * made for something else may split, checksum or encrypt by itself.
 */
@AutoConfiguration(
        before = ParallelWriteAutoConfiguration.class,
        afterName = {
            "io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration",
            "io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration"
        })
@ConditionalOnClass({
    S3AsyncClient.class,
    NettyNioAsyncHttpClient.class,
    S3Properties.class,
    AwsClientBuilderConfigurer.class
})
@ConditionalOnBean(AwsClientBuilderConfigurer.class)
@ConditionalOnBooleanProperty(name = "parallel-write.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.cloud.aws.s3.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ParallelWriteProperties.class, S3Properties.class})
public final class ParallelWriteS3AutoConfiguration {

    static final String CLIENT_BEAN_NAME = "parallelWriteS3AsyncClient";

    /** Connections for requests that are not a write's first: further parts, deletes, look-ups. */
    private static final int FURTHER_CONNECTIONS = 64;

    /** Creates the auto-configuration. */
    public ParallelWriteS3AutoConfiguration() {}

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnMissingBean
    S3TargetFactory parallelWriteS3TargetFactory(
            @Qualifier(CLIENT_BEAN_NAME) ObjectProvider<S3AsyncClient> client, ParallelWriteProperties properties) {
        return new S3TargetFactory(client::getObject, new ConfiguredS3Settings(properties)::of);
    }

    @Bean(name = CLIENT_BEAN_NAME, defaultCandidate = false)
    @Lazy
    @ConditionalOnMissingBean(name = CLIENT_BEAN_NAME)
    S3AsyncClient parallelWriteS3AsyncClient(
            ParallelWriteProperties properties,
            S3Properties s3,
            AwsClientBuilderConfigurer configurer,
            ObjectProvider<AwsConnectionDetails> connectionDetails,
            ObjectProvider<AwsClientCustomizer<S3AsyncClientBuilder>> customizers,
            ObjectProvider<AwsAsyncClientCustomizer> asyncCustomizers) {
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(connections(properties)))
                .serviceConfiguration(s3.toS3Configuration());
        PropertyMapper.get().from(s3.getCrossRegionEnabled()).to(builder::crossRegionAccessEnabled);
        // The customizers come last, so what they set wins.
        return configurer
                .configureAsyncClient(
                        builder,
                        s3,
                        connectionDetails.getIfAvailable(),
                        customizers.orderedStream(),
                        asyncCustomizers.orderedStream())
                .build();
    }

    /** One for every open write at every target in S3, so that no write waits for another's, and some more. */
    private static int connections(ParallelWriteProperties properties) {
        long s3Targets = properties.targets().values().stream()
                .filter(target -> target.location() != null && target.location().regionMatches(true, 0, "s3:", 0, 3))
                .count();
        int openWrites = new ConfiguredSettings(properties).engine().maxOpenWrites();
        return Math.toIntExact(Math.max(1, s3Targets) * openWrites + FURTHER_CONNECTIONS);
    }
}
