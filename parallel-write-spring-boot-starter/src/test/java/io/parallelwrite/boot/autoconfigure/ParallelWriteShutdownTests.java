package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@Timeout(60)
class ParallelWriteShutdownTests {

    @Test
    void letsAnOpenWriteEndBeforeTheExecutorStops() throws Exception {
        ConfigurableApplicationContext context = start(Map.of());
        Gate gate = context.getBean(Gate.class);
        ParallelResourceWriter writer = context.getBean(ParallelResourceWriter.class);
        ThreadPoolTaskExecutor executor = context.getBean("parallelWriteTaskExecutor", ThreadPoolTaskExecutor.class);
        CompletableFuture<WriteResult> write = async(() -> writer.write("a", new byte[100]));
        gate.reached.await();

        CompletableFuture<Boolean> close = async(() -> {
            context.close();
            return true;
        });
        gate.webServerStopped.await(); // what stops before the writer has stopped, so the writer's turn has come
        assertThat(executor.getThreadPoolExecutor().isShutdown()).isFalse();
        gate.open.countDown();

        assertThat(write.get().status()).isEqualTo(WriteStatus.COMMITTED);
        assertThat(close.get()).isTrue();
        assertThat(gate.openWritesLater).containsExactly(0L);
        assertThat(gate.interrupted).containsOnly(false);
        assertThat(executor.getThreadPoolExecutor().isShutdown()).isTrue();
    }

    @Test
    void neverInterruptsATaskThatHangsAndDoesNotWaitForIt() throws Exception {
        ConfigurableApplicationContext context = start(Map.of(
                "parallel-write.shutdown-timeout", "10ms",
                "parallel-write.deadlines.commit", "200ms",
                "parallel-write.deadlines.abort", "10ms"));
        Gate gate = context.getBean(Gate.class);
        ParallelResourceWriter writer = context.getBean(ParallelResourceWriter.class);
        CompletableFuture<WriteResult> write = async(() -> writer.write("a", new byte[100]));
        gate.reached.await();

        context.close(); // returns although the commit of one target hangs

        assertThat(write).completesExceptionallyWithin(10, TimeUnit.SECONDS);
        gate.open.countDown();
        gate.left.await();
        assertThat(gate.interrupted).containsOnly(false);
    }

    @Test
    void stopsAfterTheWebServerAndBeforeExecutors() {
        assertThat(WriterShutdown.PHASE)
                .isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048)
                .isGreaterThan(ThreadPoolTaskExecutor.DEFAULT_PHASE);
    }

    @Test
    void keepsTheWriterWhenTheContextIsOnlyStopped() throws Exception {
        try (ConfigurableApplicationContext context = start(Map.of())) {
            context.getBean(Gate.class).open.countDown();
            context.stop();
            context.start();

            assertThat(context.getBean(ParallelResourceWriter.class)
                            .write("a", new byte[100])
                            .isSuccess())
                    .isTrue();
        }
    }

    @Test
    void leavesTheWriterOfAParentContextOpen() throws Exception {
        try (ConfigurableApplicationContext parent = start(Map.of())) {
            parent.getBean(Gate.class).open.countDown();
            try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
                child.setParent(parent);
                child.register(ParallelWriteAutoConfiguration.class);
                child.refresh();
            }

            assertThat(parent.getBean(ParallelResourceWriter.class)
                            .write("a", new byte[100])
                            .isSuccess())
                    .isTrue();
        }
    }

    private static ConfigurableApplicationContext start(Map<String, Object> properties) {
        SpringApplication application = new SpringApplication(Gate.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties);
        return application.run(
                "--parallel-write.targets.a.location=memory:", "--parallel-write.targets.b.location=scripted:");
    }

    private static <T> CompletableFuture<T> async(Callable<T> task) {
        CompletableFuture<T> future = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        future.complete(task.call());
                    } catch (Exception e) {
                        future.completeExceptionally(e);
                    }
                })
                .start();
        return future;
    }

    /** Holds every commit of the scripted target until the test opens it. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ParallelWriteAutoConfiguration.class, TaskExecutionAutoConfiguration.class})
    static class Gate {

        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final CountDownLatch left = new CountDownLatch(1);
        final CountDownLatch webServerStopped = new CountDownLatch(1);
        final List<Long> openWritesLater = new CopyOnWriteArrayList<>();
        final List<Boolean> interrupted = new CopyOnWriteArrayList<>();

        @Bean
        TargetFactory scripted() {
            return ScriptedTarget.factory(this::pass);
        }

        @Bean
        SmartLifecycle webServer() {
            return new OnStop(SmartLifecycle.DEFAULT_PHASE - 2048, webServerStopped::countDown);
        }

        @Bean
        SmartLifecycle afterTheWriter() {
            return new OnStop(WriterShutdown.PHASE - 1, () -> openWritesLater.add(left.getCount()));
        }

        private void pass() {
            reached.countDown();
            try {
                open.await();
                interrupted.add(Thread.interrupted());
            } catch (InterruptedException e) {
                interrupted.add(true);
            } finally {
                left.countDown();
            }
        }
    }

    /** Does something when its phase stops. */
    private static final class OnStop implements SmartLifecycle {

        private final int phase;
        private final Runnable action;
        private boolean running;

        OnStop(int phase, Runnable action) {
            this.phase = phase;
            this.action = action;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            action.run();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }
}
