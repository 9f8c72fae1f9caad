package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.observe.RepairMeters;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.target.MemoryTargetFactory;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
class ParallelWriteRepairAutoConfigurationTests {

    private static final byte[] CONTENT = "written once".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelWriteJournalAutoConfiguration.class,
                    ParallelWriteMetricsAutoConfiguration.class,
                    ParallelWriteRepairAutoConfiguration.class))
            .withPropertyValues(
                    "parallel-write.targets.a.location=memory:", "parallel-write.targets.b.location=memory:");

    private final ApplicationContextRunner journaled = runner.withBean("journal", Journal.class, MemoryJournal::new);

    @Test
    void hasNothingToRepairWithoutAJournal() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Repairer.class)
                        .doesNotHaveBean(BackgroundRepairer.class)
                        .doesNotHaveBean(RepairMeters.class));
    }

    @Test
    void runsTheRepairerOfTheWriterWithTheContext() {
        BackgroundRepairer[] ran = new BackgroundRepairer[1];
        journaled.run(context -> {
            ran[0] = context.getBean(BackgroundRepairer.class);
            assertThat(ran[0].isRunning()).isTrue();
            assertThat(context.getBean(ParallelResourceWriter.class).repairer())
                    .containsSame(context.getBean(Repairer.class));
        });

        assertThat(ran[0].isRunning()).isFalse();
    }

    @Test
    void leavesRepairsToCallersWhenDisabled() {
        journaled
                .withPropertyValues("parallel-write.repair.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(Repairer.class)
                        .doesNotHaveBean(BackgroundRepairer.class)
                        .doesNotHaveBean(RepairLifecycle.class));
    }

    @Test
    void leavesABackgroundRepairerOfTheApplicationToIt() {
        journaled.withUserConfiguration(OwnRepairer.class).run(context -> {
            assertThat(context).hasSingleBean(BackgroundRepairer.class).doesNotHaveBean(RepairLifecycle.class);
            assertThat(context.getBean(BackgroundRepairer.class).isRunning()).isFalse();
        });
    }

    @Test
    void saysThatTheWriterOfTheApplicationDoesNotUseTheJournal() {
        journaled
                .withBean("own", ParallelResourceWriter.class, ParallelWriteRepairAutoConfigurationTests::writer)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("was built without it; give it to"));
    }

    @Test
    void startsAfterTheWebServerAndStopsBeforeIt() {
        assertThat(RepairLifecycle.PHASE)
                .isGreaterThan(SmartLifecycle.DEFAULT_PHASE - 1024)
                .isGreaterThan(WriterShutdown.PHASE);
    }

    @Test
    void startsWithoutWaitingByDefault() {
        journaled
                .withBean("busy", TargetFactory.class, ParallelWriteRepairAutoConfigurationTests::refusing)
                .run(context -> assertThat(context.getBean(RecoveryWait.class).isRunning())
                        .isTrue());
    }

    @Test
    void waitsForRecoveryAndSaysWhatIsLeft(CapturedOutput output) {
        MemoryJournal journal = new MemoryJournal();
        runner.withBean("own", Journal.class, () -> journal)
                .withBean("refusing", TargetFactory.class, ParallelWriteRepairAutoConfigurationTests::refusing)
                .withPropertyValues(
                        "parallel-write.targets.b.location=scripted:",
                        "parallel-write.acknowledge=any",
                        "parallel-write.repair.startup-wait=30s")
                .run(context -> {
                    assertThat(output).doesNotContain("are left");
                    context.getBean(ParallelResourceWriter.class).write("x", CONTENT);
                    context.stop();
                    context.start(); // the recovery pass comes to the entry before this returns
                });

        assertThat(output).containsOnlyOnce("The journal has been gone through; 1 entries are left");
    }

    @Test
    void waitsForRecoveryBeforeTheWebServerTakesRequests() {
        assertThat(RecoveryWait.PHASE)
                .isGreaterThan(WriterShutdown.PHASE)
                .isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
    }

    @Test
    void startsAgainWithTheContext() {
        journaled.run(context -> {
            context.stop();
            assertThat(context.getBean(BackgroundRepairer.class).isRunning()).isFalse();
            context.start();
            assertThat(context.getBean(BackgroundRepairer.class).isRunning()).isTrue();
        });
    }

    @Test
    void repairsWithoutMicrometer() {
        journaled
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(BackgroundRepairer.class));
    }

    @Test
    void takesItsPaceFromTheProperties() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ParallelWriteAutoConfiguration.class))
                .withPropertyValues(
                        "parallel-write.targets.a.location=memory:",
                        "parallel-write.repair.concurrency=16",
                        "parallel-write.repair.entries-per-second=0.5",
                        "parallel-write.repair.bytes-per-second=10MB")
                .run(context -> assertThat(
                                new ConfiguredRepairs(context.getBean(ParallelWriteProperties.class)).settings())
                        .isEqualTo(RepairSettings.defaults()
                                .withConcurrency(16)
                                .withEntriesPerSecond(0.5)
                                .withBytesPerSecond(DataSize.ofMegabytes(10))));
    }

    @Test
    void repairsInTheBackgroundWhatADirectoryMissed() throws IOException {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Path blocked = Files.createDirectories(other).resolve("reports");

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class,
                        ParallelWriteJournalAutoConfiguration.class,
                        ParallelWriteMetricsAutoConfiguration.class,
                        ParallelWriteRepairAutoConfiguration.class))
                .withUserConfiguration(Heard.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(
                        "parallel-write.targets.one.location=" + one.toUri(),
                        "parallel-write.targets.other.location=" + other.toUri(),
                        "parallel-write.targets.other.required=false",
                        "parallel-write.repair.first-delay=1ms",
                        "parallel-write.repair.longest-delay=10ms",
                        "parallel-write.journal.directory=" + directory.resolve("journal"))
                .run(context -> {
                    Files.createFile(blocked); // where 'other' needs a directory
                    WriteStatus status = context.getBean(ParallelResourceWriter.class)
                            .write("reports/a.csv", CONTENT)
                            .status();
                    assertThat(status).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(meters.get("parallel.write.journal.entries")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);

                    Files.delete(blocked);

                    Heard heard = context.getBean(Heard.class);
                    RepairOutcome.Settled repaired = heard.calls.poll(30, TimeUnit.SECONDS);
                    assertThat(repaired).isNotNull();
                    assertThat(repaired.entry().path().value()).isEqualTo("reports/a.csv");
                    assertThat(heard.events.poll(30, TimeUnit.SECONDS)).isSameAs(repaired);
                    assertThat(other.resolve("reports/a.csv")).hasBinaryContent(CONTENT);
                    assertThat(context.getBean(Journal.class).size()).isZero();
                    assertThat(meters.get("parallel.write.journal.entries")
                                    .gauge()
                                    .value())
                            .isZero();
                    assertThat(meters.get("parallel.write.repairs")
                                    .tag("outcome", "repaired")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    private static TargetFactory refusing() {
        return ScriptedTarget.factory(() -> {
            throw new IOException("refused");
        });
    }

    private static ParallelResourceWriter writer() {
        try {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTargetFactory().create(TargetDefinition.of("own", "memory:")))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRepairer {

        @Bean
        BackgroundRepairer ownBackgroundRepairer(Repairer repairer) {
            return new BackgroundRepairer(repairer);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Heard {

        final BlockingQueue<RepairOutcome.Settled> calls = new LinkedBlockingQueue<>();
        final BlockingQueue<RepairOutcome.Settled> events = new LinkedBlockingQueue<>();

        @Bean
        RepairListener repairListener() {
            return new RepairListener() {
                @Override
                public void repaired(RepairOutcome.Settled repaired) {
                    calls.add(repaired);
                }
            };
        }

        @EventListener
        void on(RepairOutcome.Settled repaired) {
            events.add(repaired);
        }
    }
}
