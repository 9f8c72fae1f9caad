package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.observe.SweepMeters;
import io.parallelwrite.repair.SweepListener;
import io.parallelwrite.repair.SweepOutcome;
import io.parallelwrite.repair.SweepOutcome.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.PayloadApplicationEvent;

class ParallelWriteSweepAutoConfigurationTests {

    private static final String NAME = ".pw-" + "0123456789abcdef".repeat(2);

    @TempDir
    Path directory;

    private ApplicationContextRunner runner = new ApplicationContextRunner();
    private final BlockingQueue<SweepOutcome> told = new LinkedBlockingQueue<>();
    private Path base;
    private Path old;

    @BeforeEach
    void leaveSomethingBehind() throws Exception {
        base = Files.createDirectories(directory.resolve("data/a"));
        old = Files.writeString(base.resolve(NAME), "left over");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
        runner = runner.withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class,
                        ParallelWriteMetricsAutoConfiguration.class,
                        ParallelWriteSweepAutoConfiguration.class))
                .withBean("recorder", SweepListener.class, () -> told::add)
                .withPropertyValues("parallel-write.targets.a.location=file:" + directory.resolve("data"));
    }

    private SweepOutcome next() throws InterruptedException {
        return told.poll(60, TimeUnit.SECONDS);
    }

    @Test
    void discardsWhatIsOldAndShowsIt() {
        BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        runner.withPropertyValues("parallel-write.sweep.age=2h")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof PayloadApplicationEvent<?> payload) {
                        events.add(payload.getPayload());
                    }
                }))
                .run(context -> {
                    SweepOutcome swept = new SweepOutcome("a", Found.AGED, 1, 0, null);
                    assertThat(next()).isEqualTo(swept);
                    assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo(swept);
                    assertThat(old).doesNotExist();
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get(SweepMeters.SWEPT)
                                    .tags("target", "a", "found", "aged", "outcome", "discarded")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void leavesWhatIsYoungerThanADay() {
        SweepLifecycle[] ran = new SweepLifecycle[1];
        runner.run(context -> {
            ran[0] = context.getBean(SweepLifecycle.class);
            assertThat(ran[0].isRunning()).isTrue();
            assertThat(context.getBean(ParallelResourceWriter.class)
                            .sweeper()
                            .orElseThrow()
                            .sweepAged("a")
                            .discarded())
                    .isZero();
        });
        assertThat(ran[0].isRunning()).isFalse();
        assertThat(old).exists();
        assertThat(told).isEmpty();
    }

    @Test
    void doesNothingWhenDisabled() {
        runner.withPropertyValues("parallel-write.sweep.enabled=false", "parallel-write.sweep.age=1h")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(SweepLifecycle.class);
                    context.getBean(ParallelResourceWriter.class)
                            .sweeper()
                            .orElseThrow()
                            .sweepAged("a");
                    assertThat(next().discarded()).as("asked by hand").isEqualTo(1);
                });
    }

    @Test
    void refusesAnAgeThatIsNoneUnderItsProperty() {
        runner.withPropertyValues("parallel-write.sweep.age=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("age [PT0S] must be positive"));
    }

    @Test
    void needsNoMeters() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
