package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.s3.S3TargetFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

class ParallelWriteS3AutoConfigurationTests {

    private static final String CLIENT = "parallelWriteS3AsyncClient";

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelWriteS3AutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    AwsAutoConfiguration.class,
                    CredentialsProviderAutoConfiguration.class,
                    RegionProviderAutoConfiguration.class));

    private ApplicationContextRunner withS3() {
        return runner.withConfiguration(AutoConfigurations.of(S3AutoConfiguration.class))
                .withUserConfiguration(EmbeddedS3.class)
                .withPropertyValues(
                        "test.s3.directory=" + directory.resolve("store"),
                        "parallel-write.targets.local.location="
                                + directory.resolve("local").toUri(),
                        "parallel-write.targets.s3.location=s3://archive/data/");
    }

    @Test
    void writesOneStreamToDiskAndToS3() {
        byte[] content = new byte[9 << 20];
        new Random(7).nextBytes(content);

        withS3().run(context -> {
            context.getBean(S3Client.class).createBucket(bucket -> bucket.bucket("archive"));

            WriteResult result = context.getBean(ParallelResourceWriter.class).write("reports/a.bin", content);

            assertThat(result.isSuccess()).isTrue();
            assertThat(Files.readAllBytes(directory.resolve("local/reports/a.bin")))
                    .isEqualTo(content);
            assertThat(context.getBean(S3Client.class)
                            .getObjectAsBytes(object -> object.bucket("archive").key("data/reports/a.bin"))
                            .asByteArray())
                    .isEqualTo(content);
        });
    }

    @Test
    void neitherShowsNorUsesItsClientElsewhere() {
        withS3().withUserConfiguration(WantsClient.class).run(context -> {
            assertThat(context.getBean(WantsClient.class).client).isEmpty();
            assertThat(context).hasBean(CLIENT);
        });
    }

    @Test
    void doesNotUseAnotherClientOfTheApplication() {
        withS3().withUserConfiguration(OtherClient.class).run(context -> {
            assertThat(context.getBean(S3AsyncClient.class)).isSameAs(context.getBean("otherClient"));
            assertThat(context.getBean(CLIENT)).isNotSameAs(context.getBean("otherClient"));
        });
    }

    @Test
    void usesAClientOfTheApplicationWithTheName() {
        withS3().withUserConfiguration(OwnClient.class)
                .run(context -> assertThat(((S3AsyncClient) context.getBean(CLIENT))
                                .serviceClientConfiguration()
                                .region())
                        .isEqualTo(Region.AP_SOUTH_1));
    }

    @Test
    void takesRegionEndpointAndStyleFromSpringCloudAws() {
        runner.withPropertyValues(
                        "spring.cloud.aws.region.static=eu-west-1",
                        "spring.cloud.aws.s3.region=eu-central-1",
                        "spring.cloud.aws.s3.endpoint=http://s3.example",
                        "parallel-write.targets.s3.location=s3://archive/data/")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    var configuration = ((S3AsyncClient) context.getBean(CLIENT)).serviceClientConfiguration();
                    assertThat(configuration.region()).isEqualTo(Region.EU_CENTRAL_1);
                    assertThat(configuration.endpointOverride()).contains(URI.create("http://s3.example"));
                });
    }

    @Test
    void connectionDetailsWinOverProperties() {
        withS3().withPropertyValues("spring.cloud.aws.s3.endpoint=http://s3.example")
                .run(context -> assertThat(((S3AsyncClient) context.getBean(CLIENT))
                                .serviceClientConfiguration()
                                .endpointOverride())
                        .contains(URI.create("http://127.0.0.1:"
                                + context.getBean(S3Proxy.class).getPort())));
    }

    @Test
    void appliesCustomizersLast() {
        withS3().withUserConfiguration(ClientCustomizers.class).run(context -> {
            assertThat(context.getBean(ClientCustomizers.class).calls).containsExactlyInAnyOrder("s3", "any");
            assertThat(((S3AsyncClient) context.getBean(CLIENT))
                            .serviceClientConfiguration()
                            .region())
                    .isEqualTo(Region.SA_EAST_1);
        });
    }

    @Test
    void needsNeitherRegionNorClientWithoutATargetInS3() {
        runner.withPropertyValues("parallel-write.targets.a.location=memory:").run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(S3TargetFactory.class);
            assertThat(context.getBeanFactory().containsSingleton(CLIENT)).isFalse();
        });
    }

    @Test
    void startsWithoutTheAwsSdkOnTheClassPath() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class, ParallelWriteS3AutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("software.amazon.awssdk", "io.awspring"))
                .withPropertyValues("parallel-write.targets.a.location=memory:")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ParallelResourceWriter.class)
                        .doesNotHaveBean("parallelWriteS3TargetFactory"));
    }

    @Test
    void leavesS3AloneWhereSpringCloudAwsIsToldTo() {
        runner.withPropertyValues("spring.cloud.aws.s3.enabled=false", "parallel-write.targets.a.location=memory:")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(S3TargetFactory.class));
    }

    @Test
    void neverServesALocationInS3ByAResourceInstead() {
        withS3().withClassLoader(new FilteredClassLoader("software.amazon.awssdk.http.nio.netty"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(TargetConfigurationException.class)
                        .hasMessageContaining("is in S3"));
    }

    @Test
    void givesEveryTargetItsSettings() {
        runner.withPropertyValues(
                        "spring.cloud.aws.region.static=eu-west-1",
                        "parallel-write.targets.s3.location=s3://archive/data/",
                        "parallel-write.targets.s3.s3.part-size=1MB")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("parallel-write.targets.s3.s3.part-size")
                        .hasStackTraceContaining("The part size [1048576B] must be from 5MB to 5GB"));
    }

    /** A real S3 server inside the JVM, and how to reach it. */
    @Configuration(proxyBeanMethods = false)
    static class EmbeddedS3 {

        @Bean(destroyMethod = "stop")
        S3Proxy s3Proxy(Environment environment) throws Exception {
            Path store = Path.of(environment.getRequiredProperty("test.s3.directory"));
            Files.createDirectories(store);
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(store.toString()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, "local", "local-secret")
                    .ignoreUnknownHeaders(true)
                    .stopTimeout(0)
                    .build();
            proxy.start();
            return proxy;
        }

        @Bean
        AwsConnectionDetails s3ConnectionDetails(S3Proxy proxy) {
            return new AwsConnectionDetails() {
                @Override
                public URI getEndpoint() {
                    return URI.create("http://127.0.0.1:" + proxy.getPort());
                }

                @Override
                public String getRegion() {
                    return "us-east-1";
                }

                @Override
                public String getAccessKey() {
                    return "local";
                }

                @Override
                public String getSecretKey() {
                    return "local-secret";
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WantsClient {

        final Optional<S3AsyncClient> client;

        WantsClient(Optional<S3AsyncClient> client) {
            this.client = client;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherClient {

        @Bean
        S3AsyncClient otherClient() {
            return S3AsyncClient.builder().region(Region.US_WEST_1).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean(name = CLIENT)
        S3AsyncClient own() {
            return S3AsyncClient.builder().region(Region.AP_SOUTH_1).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClientCustomizers {

        final List<String> calls = new ArrayList<>();

        @Bean
        AwsClientCustomizer<S3AsyncClientBuilder> s3Customizer() {
            return builder -> {
                calls.add("s3");
                builder.region(Region.SA_EAST_1);
            };
        }

        @Bean
        AwsAsyncClientCustomizer anyCustomizer() {
            return builder -> calls.add("any");
        }
    }
}
