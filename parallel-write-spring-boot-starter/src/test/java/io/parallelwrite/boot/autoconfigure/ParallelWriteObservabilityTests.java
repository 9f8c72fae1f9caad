package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.observe.DefaultTargetWriteObservationConvention;
import io.parallelwrite.boot.observe.DefaultWriteObservationConvention;
import io.parallelwrite.boot.observe.TargetWriteObservationConvention;
import io.parallelwrite.boot.observe.WriteMeters;
import io.parallelwrite.boot.observe.WriteObservationConvention;
import io.parallelwrite.boot.observe.WriteObserver;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ParallelWriteObservabilityTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelWriteObservationAutoConfiguration.class,
                    ParallelWriteMetricsAutoConfiguration.class))
            .withPropertyValues(
                    "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    @Test
    void observesAndMetersAWriteWithTheRegistriesOfSpringBoot() {
        runner.withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        ObservationAutoConfiguration.class))
                .run(context -> {
                    context.getBean(ParallelResourceWriter.class).write("reports/a.csv", new byte[100]);

                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(meters.get("parallel.write.bytes")
                                    .tags("target", "a", "scheme", "memory")
                                    .counter()
                                    .count())
                            .isEqualTo(100);
                    assertThat(meters.get("parallel.write.open").gauge().value())
                            .isZero();
                    assertThat(meters.get("parallel.write")
                                    .tags("outcome", "committed", "operation", "write", "error", "none")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                    assertThat(meters.get("parallel.write.target")
                                    .tags("target", "b", "scheme", "memory", "outcome", "committed")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void observesWithoutMeters() {
        runner.withUserConfiguration(Observations.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", new byte[1]);

            assertThat(context).doesNotHaveBean(WriteMeters.class);
            TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                    .hasNumberOfObservationsWithNameEqualTo("parallel.write", 1)
                    .hasNumberOfObservationsWithNameEqualTo("parallel.write.target", 2);
        });
    }

    @Test
    void metersWithoutObservations() {
        runner.withUserConfiguration(Meters.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", new byte[7]);

            assertThat(context).doesNotHaveBean(WriteObserver.class);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("parallel.write.bytes")
                            .tag("target", "a")
                            .counter()
                            .count())
                    .isEqualTo(7);
        });
    }

    @Test
    void usesConventionsOfTheApplication() {
        runner.withUserConfiguration(Observations.class, Conventions.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", new byte[1]);

            TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                    .hasNumberOfObservationsWithNameEqualTo("archive.write", 1)
                    .hasNumberOfObservationsWithNameEqualTo("archive.copy", 2);
        });
    }

    @Test
    void startsWithoutMicrometersMeters() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ParallelResourceWriter.class)
                        .doesNotHaveBean(WriteMeters.class));
    }

    @Test
    void startsWithoutRegistries() {
        runner.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(WriteMeters.class)
                .doesNotHaveBean(WriteObserver.class));
    }

    @Test
    void doesNothingWhenDisabled() {
        runner.withUserConfiguration(Meters.class, Observations.class)
                .withPropertyValues("parallel-write.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(WriteMeters.class)
                        .doesNotHaveBean(WriteObserver.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Observations {

        @Bean
        ObservationRegistry observationRegistry() {
            return TestObservationRegistry.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Conventions {

        @Bean
        WriteObservationConvention writeConvention() {
            return new DefaultWriteObservationConvention() {
                @Override
                public String getName() {
                    return "archive.write";
                }
            };
        }

        @Bean
        TargetWriteObservationConvention targetConvention() {
            return new DefaultTargetWriteObservationConvention() {
                @Override
                public String getName() {
                    return "archive.copy";
                }
            };
        }
    }
}
