package io.parallelwrite.boot.autoconfigure;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The executor that lends the engine its workers. A bean of the user's with its name replaces it.
 *
 * <p>It is not a default candidate: Spring Boot's own executor stays the one that is injected and used for
 * {@code @Async}. No task is ever interrupted, also not at shutdown: a thread inside the kernel cannot be, and one that can
 * may be about to commit. The writer is closed before its executor, so what still runs then was given up at its deadline;
 * the threads are daemons, so that it cannot keep the JVM alive.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = ParallelWriteExecutorConfiguration.BEAN_NAME)
class ParallelWriteExecutorConfiguration {

    static final String BEAN_NAME = "parallelWriteTaskExecutor";

    @Bean(name = BEAN_NAME, defaultCandidate = false)
    @ConditionalOnThreading(Threading.PLATFORM)
    ThreadPoolTaskExecutor parallelWritePlatformTaskExecutor(
            ParallelWriteProperties properties, ObjectProvider<ThreadPoolTaskExecutorBuilder> builders) {
        int workers = new ConfiguredSettings(properties).workers();
        return builders.getIfAvailable(ThreadPoolTaskExecutorBuilder::new)
                .threadNamePrefix(properties.executor().threadNamePrefix())
                .corePoolSize(workers)
                .maxPoolSize(workers)
                .allowCoreThreadTimeOut(true)
                .queueCapacity(Integer.MAX_VALUE)
                .acceptTasksAfterContextClose(true)
                .awaitTermination(true)
                .awaitTerminationPeriod(Duration.ZERO)
                .additionalCustomizers(executor -> executor.setDaemon(true))
                .build();
    }

    @Bean(name = BEAN_NAME, defaultCandidate = false)
    @ConditionalOnThreading(Threading.VIRTUAL)
    SimpleAsyncTaskExecutor parallelWriteVirtualTaskExecutor(
            ParallelWriteProperties properties, ObjectProvider<SimpleAsyncTaskExecutorBuilder> builders) {
        // The engine limits the workers of each target; a limit here would block the thread that hands over the task.
        return builders.getIfAvailable(SimpleAsyncTaskExecutorBuilder::new)
                .threadNamePrefix(properties.executor().threadNamePrefix())
                .virtualThreads(true)
                .concurrencyLimit(SimpleAsyncTaskExecutor.UNBOUNDED_CONCURRENCY)
                .cancelRemainingTasksOnClose(false)
                .taskTerminationTimeout(Duration.ZERO)
                .build();
    }
}
