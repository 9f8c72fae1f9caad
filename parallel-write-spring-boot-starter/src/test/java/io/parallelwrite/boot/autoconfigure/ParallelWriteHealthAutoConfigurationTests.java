package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.actuate.ParallelWriteHealthIndicator;
import io.parallelwrite.boot.observe.TargetMeters;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.outcome.TargetStateChange;
import io.parallelwrite.target.TargetFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What operators see of targets that fail: health, events and meters. */
class ParallelWriteHealthAutoConfigurationTests {

    private static final AtomicBoolean WELL = new AtomicBoolean();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelWriteJournalAutoConfiguration.class,
                    ParallelWriteRepairAutoConfiguration.class,
                    ParallelWriteHealthAutoConfiguration.class,
                    ParallelWriteTargetMetricsAutoConfiguration.class))
            .withUserConfiguration(FailingTarget.class)
            .withPropertyValues(
                    "parallel-write.targets.local.location=memory:", "parallel-write.targets.s3.location=scripted:");

    private final ApplicationContextRunner withoutS3 =
            runner.withPropertyValues("parallel-write.targets.s3.required=false");

    private static Health health(ApplicationContext context) {
        return context.getBean(ParallelWriteHealthIndicator.class).health();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> ofS3(ApplicationContext context) {
        return ((Map<String, Map<String, Object>>) health(context).getDetails().get("targets")).get("s3");
    }

    /** Has the target named s3 taken out, under a rule that can do without it. */
    private static void takeOut(ApplicationContext context) throws IOException {
        WELL.set(false);
        for (int i = 0; i < 6; i++) {
            context.getBean(ParallelResourceWriter.class).write("p" + i, new byte[1]);
        }
    }

    @Test
    void isUpWhenAllTargetsAreInSync() {
        runner.run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(ofS3(context))
                    .containsEntry("state", "IN_SYNC")
                    .containsEntry("required", true)
                    .containsEntry("kind", "scripted")
                    .containsEntry("waitingEntries", 0)
                    .containsKey("since")
                    .doesNotContainKey("reason");
        });
    }

    @Test
    void isDownWhenATargetIsOutThatTheRuleNeeds() {
        runner.run(context -> {
            WELL.set(false);
            for (int i = 0; i < 5; i++) {
                String path = "p" + i;
                assertThatThrownBy(() ->
                                context.getBean(ParallelResourceWriter.class).write(path, new byte[1]))
                        .isInstanceOf(ParallelWriteException.class);
            }
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void isUpAndSaysWhyWhenATargetIsOutThatTheRuleCanDoWithout() {
        withoutS3.run(context -> {
            takeOut(context);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(ofS3(context))
                    .containsEntry("state", "OUT")
                    .containsEntry("required", false)
                    .containsEntry("reason", "5 calls in a row failed, the last while committing: IOException");
        });
    }

    @Test
    void tellsNeitherPathsNorBuckets() {
        withoutS3.run(context -> {
            takeOut(context);
            assertThat(health(context).getDetails().toString()).doesNotContain("/var", "bucket");
        });
    }

    @Test
    void tellsHowMuchWaitsAndHowFullTheJournalIs() {
        withoutS3
                .withPropertyValues("parallel-write.repair.enabled=false")
                .withBean(Journal.class, () -> new MemoryJournal(10))
                .run(context -> {
                    takeOut(context);
                    assertThat(ofS3(context)).containsEntry("waitingEntries", 6);
                    assertThat(health(context).getDetails())
                            .containsEntry("journal", Map.of("entries", 6, "capacity", 10));
                });
    }

    @Test
    void isNamedAfterTheStarter() {
        runner.withConfiguration(AutoConfigurations.of(HealthContributorRegistryAutoConfiguration.class))
                .run(context -> assertThat(
                                context.getBean(HealthContributorRegistry.class).getContributor("parallelWrite"))
                        .isInstanceOf(ParallelWriteHealthIndicator.class));
    }

    @Test
    void isSwitchedOffByAProperty() {
        runner.withPropertyValues("management.health.parallel-write.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ParallelWriteHealthIndicator.class));
    }

    @Test
    void isLeftOutWithoutTheHealthOfSpringBoot() {
        runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ParallelResourceWriter.class));
    }

    @Test
    void givesWayToAnIndicatorOfTheUser() {
        HealthIndicator own = () -> Health.up().build();
        runner.withBean("parallelWriteHealthIndicator", HealthIndicator.class, () -> own)
                .run(context -> assertThat(context).doesNotHaveBean(ParallelWriteHealthIndicator.class));
    }

    @Test
    void publishesWhenATargetIsOutAndWhenItIsBack() {
        withoutS3
                .withPropertyValues("parallel-write.breaker.probe-delay=10ms")
                .withUserConfiguration(Changes.class)
                .run(context -> {
                    Changes changes = context.getBean(Changes.class);
                    takeOut(context);
                    await().until(() -> changes.states.contains(TargetState.OUT));
                    WELL.set(true);
                    await().until(() -> changes.states.contains(TargetState.IN_SYNC));
                    assertThat(changes.states).containsExactly(TargetState.OUT, TargetState.IN_SYNC);
                    assertThat(changes.threads).allMatch(name -> name.startsWith("parallel-write-"));
                });
    }

    @Test
    void neverTakesATargetOutIfToldSo() {
        withoutS3.withPropertyValues("parallel-write.breaker.enabled=false").run(context -> {
            takeOut(context);
            assertThat(ofS3(context)).containsEntry("state", "IN_SYNC");
        });
    }

    @Test
    void metersTheStateOfEachTarget() {
        withoutS3.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(state(meters, "in_sync")).isEqualTo(1);
            takeOut(context);
            assertThat(state(meters, "in_sync")).isZero();
            assertThat(state(meters, "out")).isEqualTo(1);
            assertThat(meters.get(TargetMeters.UNRETURNED)
                            .tag("target", "s3")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(meters.get(TargetMeters.WAITING)
                            .tag("target", "s3")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    private static double state(MeterRegistry meters, String state) {
        return meters.get(TargetMeters.STATE)
                .tags("target", "s3", "state", state)
                .gauge()
                .value();
    }

    @Configuration(proxyBeanMethods = false)
    static class FailingTarget {

        @Bean
        TargetFactory factory() {
            return ScriptedTarget.factory(() -> {
                if (!WELL.get()) {
                    throw new IOException("no space at /var/data of s3://bucket/");
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Changes {

        private final List<TargetState> states = new CopyOnWriteArrayList<>();
        private final List<String> threads = new CopyOnWriteArrayList<>();

        @EventListener
        void on(TargetStateChange change) {
            threads.add(Thread.currentThread().getName());
            states.add(change.state());
        }
    }
}
