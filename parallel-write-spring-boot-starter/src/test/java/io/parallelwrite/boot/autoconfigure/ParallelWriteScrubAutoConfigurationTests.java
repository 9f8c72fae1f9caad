package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.observe.RepairMeters;
import io.parallelwrite.divergence.CopyDivergence;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.repair.RepairOptions;
import io.parallelwrite.repair.RepairedPath;
import io.parallelwrite.repair.ScrubSettings;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.VerifyDepth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.util.unit.DataSize;

class ParallelWriteScrubAutoConfigurationTests {

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelWriteJournalAutoConfiguration.class,
                    ParallelWriteMetricsAutoConfiguration.class,
                    ParallelWriteRepairAutoConfiguration.class,
                    ParallelWriteScrubAutoConfiguration.class))
            .withPropertyValues("parallel-write.targets.b.location=memory:");

    /** Takes events. */
    @Configuration(proxyBeanMethods = false)
    static class Events {

        @Bean
        Seen seen() {
            return new Seen();
        }
    }

    /** The events that were published. */
    static class Seen {

        final List<Object> events = new ArrayList<>();

        @EventListener
        void on(CopyDivergence divergence) {
            events.add(divergence);
        }

        @EventListener
        void on(RepairedPath repaired) {
            events.add(repaired);
        }
    }

    private ApplicationContextRunner withDirectory() {
        return runner.withPropertyValues(
                "parallel-write.targets.a.location=" + directory.toUri(), "parallel-write.journal.type=memory");
    }

    @Test
    void isTheScrubberOfTheWriterAlsoWithoutAJournal() {
        runner.withPropertyValues("parallel-write.targets.a.location=memory:").run(context -> {
            assertThat(context).doesNotHaveBean(Journal.class);
            assertThat(context.getBean(Scrubber.class))
                    .isSameAs(context.getBean(ParallelResourceWriter.class).scrubber());
            assertThat(context.getBean(Scrubber.class).settings()).isEqualTo(ScrubSettings.defaults());
        });
    }

    @Test
    void takesItsSettingsFromTheProperties() {
        runner.withPropertyValues(
                        "parallel-write.targets.a.location=memory:",
                        "parallel-write.scrub.concurrency=16",
                        "parallel-write.scrub.objects-per-second=0.5",
                        "parallel-write.scrub.bytes-per-second=10MB")
                .run(context -> assertThat(context.getBean(Scrubber.class).settings())
                        .isEqualTo(ScrubSettings.defaults()
                                .withConcurrency(16)
                                .withObjectsPerSecond(0.5)
                                .withBytesPerSecond(DataSize.ofMegabytes(10))));
    }

    @ParameterizedTest
    @CsvSource({"concurrency, 0", "objects-per-second, 0", "bytes-per-second, 0B"})
    void namesThePropertyThatCannotBeUsed(String name, String value) {
        runner.withPropertyValues(
                        "parallel-write.targets.a.location=memory:", "parallel-write.scrub." + name + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .satisfies(failure -> assertThat(failure).hasMessageContaining(name)));
    }

    @Test
    void publishesWhatItFindsAndRepairs() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "only here");
        withDirectory()
                .withUserConfiguration(Events.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    Scrubber scrubber = context.getBean(Scrubber.class);
                    assertThat(scrubber.verify("a.txt", VerifyDepth.QUICK).signs())
                            .contains("=", "-");
                    scrubber.repair("a.txt", RepairOptions.proven().withFillMissing(true));
                    List<Object> events = context.getBean(Seen.class).events;
                    assertThat(events).hasSize(2);
                    assertThat(events.get(0)).isInstanceOf(CopyDivergence.class);
                    assertThat(events.get(1)).isInstanceOf(RepairedPath.class);
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get(RepairMeters.REPAIRS)
                                    .tag("outcome", "repaired")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void isNotThereWithoutAWriter() {
        runner.withPropertyValues("parallel-write.targets.a.location=memory:", "parallel-write.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Scrubber.class));
    }
}
