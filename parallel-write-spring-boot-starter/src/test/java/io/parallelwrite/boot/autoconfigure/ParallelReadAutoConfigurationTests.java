package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.observe.ReadMeters;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyInputStream;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.compare.PassedOver;
import io.parallelwrite.compare.ReadFallback;
import io.parallelwrite.compare.ReadListener;
import io.parallelwrite.compare.ReadResult;
import io.parallelwrite.compare.Refill;
import io.parallelwrite.divergence.CopyDivergence;
import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.target.MemoryTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

@ExtendWith(OutputCaptureExtension.class)
class ParallelReadAutoConfigurationTests {

    private static final byte[] CONTENT = "written once".getBytes(StandardCharsets.UTF_8);
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParallelWriteAutoConfiguration.class,
                    ParallelReadAutoConfiguration.class,
                    ParallelWriteMetricsAutoConfiguration.class));

    private ApplicationContextRunner twoDirectories() {
        return runner.withPropertyValues(location("near"), location("far"), "parallel-write.targets.near.order=1");
    }

    private String location(String name) {
        return "parallel-write.targets." + name + ".location="
                + directory.resolve(name).toUri();
    }

    private void writeAndLoseTheNearCopy(ApplicationContext context) throws IOException {
        context.getBean(ParallelResourceWriter.class).write("a", CONTENT);
        Files.delete(directory.resolve("near/a"));
    }

    private static String readAndTellWhoServed(ApplicationContext context) throws IOException {
        try (CopyInputStream in = context.getBean(ParallelResourceReader.class).open("a")) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            return in.servedBy();
        }
    }

    @Test
    void readsWhatTheWriterWroteInTheOrderOfTheTargets() {
        twoDirectories().run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", CONTENT);

            assertThat(readAndTellWhoServed(context)).isEqualTo("near");
        });
    }

    @Test
    void publishesAFallbackAsAnEvent() {
        twoDirectories().withUserConfiguration(Events.class).run(context -> {
            writeAndLoseTheNearCopy(context);

            assertThat(readAndTellWhoServed(context)).isEqualTo("far");

            assertThat(context.getBean(Events.class).fallbacks).singleElement().satisfies(fallback -> {
                assertThat(fallback.path()).isEqualTo("a");
                assertThat(fallback.servedBy()).isEqualTo("far");
                assertThat(fallback.passedOver())
                        .singleElement()
                        .matches(PassedOver::missing)
                        .extracting(PassedOver::target)
                        .isEqualTo("near");
            });
        });
    }

    @Test
    void leavesAMissingCopyAloneUnlessAskedToBringItBack() {
        twoDirectories().withUserConfiguration(Events.class).run(context -> {
            writeAndLoseTheNearCopy(context);
            readAndTellWhoServed(context);

            context.getBean(ParallelResourceWriter.class).close(); // what was begun in the background ends before

            assertThat(directory.resolve("near/a")).doesNotExist();
            assertThat(context.getBean(Events.class).refills).isEmpty();
        });
    }

    @Test
    void bringsAMissingCopyBackAndPublishesThatAsAnEvent() {
        twoDirectories()
                .withUserConfiguration(Events.class, Meters.class)
                .withPropertyValues("parallel-write.read.refill=true")
                .run(context -> {
                    writeAndLoseTheNearCopy(context);
                    readAndTellWhoServed(context);

                    assertThat(context.getBean(Events.class).refills.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                            .isEqualTo(new Refill("a", "near", "far", null));
                    assertThat(directory.resolve("near/a")).hasBinaryContent(CONTENT);
                    assertThat(readAndTellWhoServed(context)).isEqualTo("near");
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(meters.get("parallel.read.fallbacks")
                                    .tags("target", "near", "reason", "missing")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(meters.get("parallel.read.refills")
                                    .tags("target", "near", "outcome", "ok")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void publishesCopiesThatDifferAsADivergence(CapturedOutput output) {
        twoDirectories().withUserConfiguration(Events.class, Meters.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", CONTENT);
            Files.writeString(directory.resolve("near/a"), "written twice");

            Comparison comparison =
                    context.getBean(ParallelResourceReader.class).compare("a");

            assertThat(comparison)
                    .isInstanceOfSatisfying(
                            Comparison.Different.class,
                            difference -> assertThat(context.getBean(Events.class).divergences)
                                    .containsExactly(new CopyDivergence(difference)));
            assertThat(context.getBean(MeterRegistry.class)
                            .get("parallel.write.divergences")
                            .tag("target", "near")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(output).contains("Diverged: 'a' differs on [near, far]");
        });
    }

    @Test
    void tellsListenersOfEveryReadInTheirOrder() {
        twoDirectories().withUserConfiguration(Listeners.class).run(context -> {
            context.getBean(ParallelResourceWriter.class).write("a", CONTENT);
            readAndTellWhoServed(context);

            assertThat(context.getBean(Listeners.class).heard).containsExactly("early a", "late a");
        });
    }

    @Test
    void backsOffBehindAReaderOfTheApplication() {
        twoDirectories()
                .withUserConfiguration(OwnReader.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(ParallelResourceReader.class)
                        .hasBean("ownReader"));
    }

    @Test
    void makesNoReaderWhereItCannotTellOfWhichWriter() {
        runner.withUserConfiguration(TwoWriters.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ParallelResourceReader.class));
    }

    @Test
    void doesNothingWhenDisabled() {
        runner.withUserConfiguration(Meters.class)
                .withPropertyValues("parallel-write.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ParallelResourceReader.class)
                        .doesNotHaveBean(ReadMeters.class)
                        .doesNotHaveBean(ParallelProtocolResolver.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Events {

        final List<ReadFallback> fallbacks = new ArrayList<>();
        final List<Divergence> divergences = new ArrayList<>();
        final BlockingQueue<Refill> refills = new LinkedBlockingQueue<>();

        @EventListener
        void on(ReadFallback fallback) {
            fallbacks.add(fallback);
        }

        @EventListener
        void on(Divergence divergence) {
            divergences.add(divergence);
        }

        @EventListener
        void on(Refill refill) {
            refills.add(refill);
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
    static class Listeners {

        final List<String> heard = new ArrayList<>();

        @Bean
        @Order(2)
        ReadListener late() {
            return listener("late ");
        }

        @Bean
        @Order(1)
        ReadListener early() {
            return listener("early ");
        }

        private ReadListener listener(String name) {
            return new ReadListener() {
                @Override
                public void finished(ReadResult read) {
                    heard.add(name + read.path());
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnReader {

        @Bean
        ParallelResourceReader ownReader(ParallelResourceWriter writer) {
            return writer.reader();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoWriters {

        @Bean
        ParallelResourceWriter one() throws IOException {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTarget("one"))
                    .build();
        }

        @Bean
        ParallelResourceWriter two() throws IOException {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTarget("two"))
                    .build();
        }
    }
}
