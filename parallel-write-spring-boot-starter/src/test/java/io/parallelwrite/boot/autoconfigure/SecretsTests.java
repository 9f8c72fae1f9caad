package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.WriteOptions;
import io.parallelwrite.boot.actuate.RepairingParallelWriteEndpoint;
import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.outcome.WriteStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;

/** What is told of a target that fails holds neither credentials nor content nor metadata. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final String KEY = "marker-key-5f0c";
    private static final String SECRET = "marker-secret-91d2";
    private static final String ENDPOINT_USER = "marker-user-77aa";
    private static final String CONTENT = "marker-content-3b1e";
    private static final String METADATA = "marker-metadata-c8d4";

    @TempDir
    Path directory;

    @Test
    void areInNothingThatIsToldOfAWriteThatOneTargetMissed(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class,
                        ParallelReadAutoConfiguration.class,
                        ParallelWriteJournalAutoConfiguration.class,
                        ParallelWriteRepairAutoConfiguration.class,
                        ParallelWriteMetricsAutoConfiguration.class,
                        ParallelWriteS3AutoConfiguration.class,
                        AwsAutoConfiguration.class,
                        CredentialsProviderAutoConfiguration.class,
                        RegionProviderAutoConfiguration.class,
                        S3AutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Heard.class)
                .withPropertyValues(
                        "spring.cloud.aws.region.static=eu-west-1",
                        "spring.cloud.aws.credentials.access-key=" + KEY,
                        "spring.cloud.aws.credentials.secret-key=" + SECRET,
                        "spring.cloud.aws.s3.endpoint=http://" + ENDPOINT_USER + "@127.0.0.1:9",
                        "spring.cloud.aws.s3.path-style-access-enabled=true",
                        "parallel-write.targets.local.location="
                                + directory.resolve("local").toUri(),
                        "parallel-write.targets.s3.location=s3://archive/data/",
                        "parallel-write.targets.s3.required=false",
                        "parallel-write.repair.startup-wait=1ms")
                .run(context -> {
                    fail(context);

                    Heard heard = context.getBean(Heard.class);
                    assertThat(heard.events).isNotEmpty();
                    assertThat(context.getBean(Journal.class).size()).isEqualTo(1);
                    assertThat(filesOf(directory.resolve("local.parallel-write-journal")))
                            .as("the journal, which needs the metadata for the repair")
                            .contains("reports/a.csv", METADATA)
                            .doesNotContain(KEY, SECRET, ENDPOINT_USER, CONTENT);
                    assertThat(heard.events.toString())
                            .contains("reports/a.csv")
                            .doesNotContain(KEY, SECRET, ENDPOINT_USER, CONTENT, METADATA);
                    assertThat(meters(context)).doesNotContain(KEY, SECRET, ENDPOINT_USER, CONTENT, METADATA);
                    assertThat(endpoint(context))
                            .contains("reports/a.csv")
                            .doesNotContain(KEY, SECRET, ENDPOINT_USER, CONTENT, METADATA);
                });

        assertThat(output.getAll())
                .contains("Diverged: 'reports/a.csv'")
                .doesNotContain(KEY, SECRET, ENDPOINT_USER, CONTENT, METADATA);
    }

    private static void fail(ApplicationContext context) throws IOException {
        WriteStatus status = context.getBean(ParallelResourceWriter.class)
                .write(
                        "reports/a.csv",
                        CONTENT.getBytes(StandardCharsets.UTF_8),
                        WriteOptions.none().withMetadata("owner", METADATA))
                .status();
        assertThat(status).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
        context.getBean(ParallelResourceReader.class).compare("reports/a.csv");
    }

    private static String endpoint(ApplicationContext context) {
        RepairingParallelWriteEndpoint endpoint =
                new RepairingParallelWriteEndpoint(context.getBean(ParallelResourceWriter.class), "rule", null);
        return Stream.of(
                        endpoint.summary(),
                        endpoint.read(new String[] {"journal"}, null, null).getBody(),
                        endpoint.read(new String[] {"copies", "reports", "a.csv"}, null, null)
                                .getBody(),
                        endpoint.write(new String[] {"repair", "reports", "a.csv"}, null, null, null)
                                .getBody())
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private static String meters(ApplicationContext context) {
        return context.getBean(MeterRegistry.class).getMeters().stream()
                .map(meter -> meter.getId().toString())
                .collect(Collectors.joining());
    }

    private static String filesOf(Path journal) {
        try (Stream<Path> files = Files.list(journal)) {
            return files.map(SecretsTests::textOf).collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static class Heard {

        final List<Object> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(PayloadApplicationEvent<?> event) {
            events.add(event.getPayload());
        }
    }
}
