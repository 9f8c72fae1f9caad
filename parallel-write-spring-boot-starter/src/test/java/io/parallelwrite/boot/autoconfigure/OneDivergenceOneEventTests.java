package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyInputStream;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.divergence.Divergence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.util.StringUtils;

/** A copy that was lost is met by many reads, and told of once. */
@ExtendWith(OutputCaptureExtension.class)
class OneDivergenceOneEventTests {

    private static final int READS = 1_000;
    private static final int COMPARISONS = 100;

    @TempDir
    Path directory;

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class,
                        ParallelReadAutoConfiguration.class,
                        ParallelWriteMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Heard.class)
                .withPropertyValues(
                        "parallel-write.targets.a.location="
                                + directory.resolve("a").toUri(),
                        "parallel-write.targets.b.location="
                                + directory.resolve("b").toUri());
    }

    @Test
    void tellsOnceOfACopyThatIsMissedAThousandTimes(CapturedOutput output) {
        runner().run(context -> {
            context.getBean(ParallelResourceWriter.class).write("x", new byte[10]);
            Files.delete(directory.resolve("a/x"));
            ParallelResourceReader reader = context.getBean(ParallelResourceReader.class);

            for (int i = 0; i < READS; i++) {
                try (CopyInputStream in = reader.open("x")) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            for (int i = 0; i < COMPARISONS; i++) {
                assertThat(reader.compare("x")).isInstanceOf(Comparison.Different.class);
                assertThat(listed(reader)).singleElement().isInstanceOf(Comparison.Different.class);
            }

            assertThat(context.getBean(Heard.class).divergences)
                    .singleElement()
                    .extracting(Divergence::path)
                    .isEqualTo("x");
            assertThat(count(context, "parallel.write.divergences", "a")).isEqualTo(1);
            assertThat(count(context, "parallel.read.fallbacks", "a")).isEqualTo(READS);
            assertThat(StringUtils.countOccurrencesOf(output.getAll(), "Diverged: 'x'"))
                    .isEqualTo(1);
        });
    }

    @Test
    void tellsAgainWhenThePathWasWrittenAndIsLostAgain() {
        runner().run(context -> {
            ParallelResourceReader reader = context.getBean(ParallelResourceReader.class);
            for (int i = 0; i < 3; i++) {
                context.getBean(ParallelResourceWriter.class).write("x", new byte[10]);
                Files.delete(directory.resolve("a/x"));
                reader.compare("x");
                reader.compare("x");
            }

            assertThat(context.getBean(Heard.class).divergences).hasSize(3);
        });
    }

    private static List<Comparison> listed(ParallelResourceReader reader) throws IOException {
        try (Stream<Comparison> found = reader.list("")) {
            return found.toList();
        }
    }

    private static double count(ApplicationContext context, String meter, String target) {
        return context.getBean(MeterRegistry.class)
                .get(meter)
                .tag("target", target)
                .counter()
                .count();
    }

    static class Heard {

        final List<Divergence> divergences = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Divergence divergence) {
            divergences.add(divergence);
        }
    }
}
