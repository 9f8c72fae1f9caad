package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.TargetFactory;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@ExtendWith(OutputCaptureExtension.class)
class ParallelWriteExecutorConfigurationTests {

    private static final String BEAN = "parallelWriteTaskExecutor";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ParallelWriteAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
            .withPropertyValues(
                    "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    @Test
    void hasEightWorkersForEveryTarget() {
        runner.run(context -> {
            ThreadPoolTaskExecutor executor = context.getBean(BEAN, ThreadPoolTaskExecutor.class);
            assertThat(executor.getCorePoolSize()).isEqualTo(16);
            assertThat(executor.getMaxPoolSize()).isEqualTo(16);
            assertThat(executor.getThreadPoolExecutor().allowsCoreThreadTimeOut())
                    .isTrue();
            assertThat(executor.getThreadNamePrefix()).isEqualTo("parallel-write-");
        });
    }

    @Test
    void hasAsManyWorkersAsConfigured() {
        runner.withPropertyValues(
                        "parallel-write.executor.size=5", "parallel-write.executor.thread-name-prefix=archive-")
                .run(context -> {
                    ThreadPoolTaskExecutor executor = context.getBean(BEAN, ThreadPoolTaskExecutor.class);
                    assertThat(executor.getMaxPoolSize()).isEqualTo(5);
                    assertThat(executor.getThreadNamePrefix()).isEqualTo("archive-");
                });
    }

    @Test
    void warnsWhenThereAreFewerWorkersThanTargets(CapturedOutput output) {
        runner.withPropertyValues("parallel-write.executor.size=1").run(context -> {
            assertThat(context.getBean(ParallelResourceWriter.class)
                            .write("a", new byte[100_000])
                            .isSuccess())
                    .isTrue();
            assertThat(output).contains("parallel-write.executor.size [1] is smaller than the number of targets [2]");
        });
    }

    @Test
    void leavesTheExecutorOfTheApplicationAlone() {
        runner.withUserConfiguration(NeedsExecutor.class)
                .run(context -> assertThat(context.getBean(NeedsExecutor.class).injected)
                        .isSameAs(context.getBean("applicationTaskExecutor")));
    }

    @Test
    void anExecutorOfTheApplicationWithTheNameReplacesIt() {
        runner.withUserConfiguration(OwnExecutor.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ParallelResourceWriter.class)
                            .write("a", new byte[10])
                            .isSuccess())
                    .isTrue();
            assertThat(context.getBean(BEAN, ThreadPoolExecutor.class).getCompletedTaskCount())
                    .isPositive();
        });
    }

    @Test
    void worksOnDaemonThreadsDecoratedAsOthers() {
        runner.withUserConfiguration(Threads.class, Decorated.class)
                .withPropertyValues("parallel-write.targets.c.location=scripted:")
                .run(context -> {
                    context.getBean(ParallelResourceWriter.class).write("a", new byte[10]);

                    assertThat(context.getBean(Threads.class).seen).isNotEmpty().allSatisfy(thread -> {
                        assertThat(thread.isDaemon()).isTrue();
                        assertThat(thread.getName()).startsWith("parallel-write-");
                    });
                    assertThat(context.getBean(Decorated.class).decorations).isNotEmpty();
                });
    }

    @Test
    void doesWithoutTheBuilderOfSpringBoot() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ParallelWriteAutoConfiguration.class))
                .withPropertyValues("parallel-write.targets.a.location=memory:")
                .run(context -> assertThat(context.getBean(BEAN, ThreadPoolTaskExecutor.class)
                                .getMaxPoolSize())
                        .isEqualTo(8));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void worksOnVirtualThreadsWhereTheApplicationDoes() {
        runner.withUserConfiguration(Threads.class)
                .withPropertyValues(
                        "parallel-write.targets.c.location=scripted:",
                        "spring.threads.virtual.enabled=true",
                        "spring.task.execution.simple.concurrency-limit=1",
                        "spring.task.execution.shutdown.await-termination=true",
                        "spring.task.execution.shutdown.await-termination-period=1s")
                .run(context -> {
                    context.getBean(ParallelResourceWriter.class).write("a", new byte[10]);

                    SimpleAsyncTaskExecutor executor = context.getBean(BEAN, SimpleAsyncTaskExecutor.class);
                    assertThat(executor.getConcurrencyLimit()).isEqualTo(SimpleAsyncTaskExecutor.UNBOUNDED_CONCURRENCY);
                    assertThat(executor).extracting("taskTerminationTimeout").isEqualTo(0L);
                    Method isVirtual = Thread.class.getMethod("isVirtual");
                    for (Thread thread : context.getBean(Threads.class).seen) {
                        assertThat(isVirtual.invoke(thread)).isEqualTo(true);
                    }
                    assertThat(context.getBean(Threads.class).seen).isNotEmpty();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsExecutor {

        final Executor injected;

        NeedsExecutor(Executor injected) {
            this.injected = injected;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnExecutor {

        @Bean(name = BEAN, defaultCandidate = false)
        ThreadPoolExecutor own() {
            return new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Threads {

        final Collection<Thread> seen = new ConcurrentLinkedQueue<>();

        @Bean
        TargetFactory scripted() {
            return ScriptedTarget.factory(() -> seen.add(Thread.currentThread()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorated {

        final Collection<Runnable> decorations = new ConcurrentLinkedQueue<>();

        @Bean
        TaskDecorator counting() {
            return task -> {
                decorations.add(task);
                return task;
            };
        }
    }
}
