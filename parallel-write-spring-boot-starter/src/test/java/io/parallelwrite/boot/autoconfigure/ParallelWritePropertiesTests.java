package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.s3.S3TargetSettings;
import io.parallelwrite.stream.BreakerSettings;
import io.parallelwrite.stream.BufferSettings;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.Lagging;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.TargetDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

class ParallelWritePropertiesTests {

    @Test
    void bindsEverythingFromYaml() throws IOException {
        ParallelWriteProperties properties = fromYaml("""
                parallel-write:
                  targets:
                    local:
                      location: "file:./data/"
                      order: 1
                      file: { sync: false, read-back: true, permissions: "rw-r-----" }
                      deadlines: { open: 1s, commit: 2s }
                    s3:
                      location: "s3://my-bucket/data/"
                      order: 2
                      options: { tier: cold }
                      s3:
                        part-size: 16MB
                        concurrency: 4
                        buffer: 128MB
                        part-attempts: 5
                        attempt-timeout: 2s
                        storage-class: STANDARD_IA
                        server-side-encryption: "aws:kms"
                        kms-key-id: alias/archive
                        acl: bucket-owner-full-control
                        expected-bucket-owner: "123456789012"
                  deadlines: { open: 3s, stall: 4s, prepare: 5s, commit: 6s, abort: 7s }
                  buffer: { chunk-size: 512KB, per-write: 8MB, total: 32MB }
                  executor: { size: 6, thread-name-prefix: "archive-" }
                  max-open-writes: 10
                  admission-timeout: 8s
                  shutdown-timeout: 9s
                """);

        EngineSettings engine = new ConfiguredSettings(properties).engine();
        assertThat(engine.deadlines()).isEqualTo(new Deadlines(s(3), s(4), s(5), s(6), s(7)));
        assertThat(engine.targetDeadlines().get("local")).isEqualTo(new Deadlines(s(1), s(4), s(5), s(2), s(7)));
        assertThat(engine.targetDeadlines().get("s3")).isEqualTo(engine.deadlines());
        assertThat(engine.buffers())
                .isEqualTo(new BufferSettings(
                        DataSize.ofKilobytes(512), DataSize.ofMegabytes(8), DataSize.ofMegabytes(32)));
        assertThat(engine.workersPerTarget()).isEqualTo(3);
        assertThat(engine.maxOpenWrites()).isEqualTo(10);
        assertThat(engine.admission()).isEqualTo(s(8));
        assertThat(engine.shutdown()).isEqualTo(s(9));
        assertThat(properties.executor().threadNamePrefix()).isEqualTo("archive-");
        assertThat(properties.targets().get("s3").options()).containsEntry("tier", "cold");
        assertThat(new ConfiguredFileSettings(properties).of(TargetDefinition.of("local", "file:./data/")))
                .isEqualTo(new FileTargetSettings(false, true, PosixFilePermissions.fromString("rw-r-----")));
        assertThat(new ConfiguredS3Settings(properties).of(TargetDefinition.of("s3", "s3://my-bucket/data/")))
                .isEqualTo(new S3TargetSettings(
                        DataSize.ofMegabytes(16),
                        4,
                        DataSize.ofMegabytes(128),
                        5,
                        s(2),
                        "STANDARD_IA",
                        "aws:kms",
                        "alias/archive",
                        "bucket-owner-full-control",
                        "123456789012"));
    }

    @Test
    void hasTheDefaultsOfTheCoreWhereNothingIsSet() throws IOException {
        ParallelWriteProperties properties = fromYaml("""
                parallel-write:
                  targets:
                    local: { location: "file:./data/" }
                    s3:    { location: "s3://my-bucket/data/" }
                """);

        EngineSettings engine = new ConfiguredSettings(properties).engine();
        EngineSettings defaults = EngineSettings.defaults();
        assertThat(properties.enabled()).isTrue();
        assertThat(engine.withTargetDeadlines("local", defaults.deadlines()))
                .isEqualTo(defaults.withTargetDeadlines("local", defaults.deadlines())
                        .withTargetDeadlines("s3", defaults.deadlines()));
        assertThat(new ConfiguredFileSettings(properties).of(TargetDefinition.of("local", "file:./data/")))
                .isEqualTo(FileTargetSettings.defaults());
        assertThat(new ConfiguredS3Settings(properties).of(TargetDefinition.of("s3", "s3://my-bucket/data/")))
                .isEqualTo(S3TargetSettings.defaults());
    }

    @Test
    void hasTheDefaultsOfTheKindForATargetACustomizerAdds() {
        ParallelWriteProperties properties = bind(Map.of());

        assertThat(new ConfiguredFileSettings(properties).of(TargetDefinition.of("added", "file:./data/")))
                .isEqualTo(FileTargetSettings.defaults());
        assertThat(new ConfiguredS3Settings(properties).of(TargetDefinition.of("added", "s3://bucket/")))
                .isEqualTo(S3TargetSettings.defaults());
    }

    @Test
    void letsLargerChunksGrowTheBuffersThatAreNotSet() {
        BufferSettings buffers = new ConfiguredSettings(bind(Map.of("parallel-write.buffer.chunk-size", "32MB")))
                .engine()
                .buffers();

        assertThat(buffers.perWrite()).isEqualTo(DataSize.ofMegabytes(32));
        assertThat(buffers.total()).isGreaterThanOrEqualTo(DataSize.ofMegabytes(32));
    }

    @ParameterizedTest
    @CsvSource({
        "buffer.chunk-size, 0B",
        "buffer.chunk-size, 1GB",
        "buffer.per-write, 1KB",
        "buffer.total, 1KB",
        "deadlines.open, 0s",
        "deadlines.stall, -1s",
        "deadlines.prepare, 0s",
        "deadlines.commit, 0s",
        "deadlines.abort, 0s",
        "deadlines.total, 0s",
        "targets.a.lagging-patience, 0s",
        "targets.a.deadlines.commit, 0s",
        "max-open-writes, 0",
        "admission-timeout, -1s",
        "shutdown-timeout, -1s",
        "executor.size, 0"
    })
    void blamesThePropertyTheCoreRefuses(String property, String value) {
        ParallelWriteProperties properties = bind(Map.of("parallel-write." + property, value));

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> new ConfiguredSettings(properties).engine())
                .satisfies(thrown -> {
                    assertThat(thrown.getName()).isEqualTo("parallel-write." + property);
                    assertThat(thrown.getReason()).contains("must");
                });
    }

    @Test
    void limitsTheWholeOfAWriteWhereToldTo() {
        EngineSettings engine = new ConfiguredSettings(bind(Map.of(
                        "parallel-write.targets.a.deadlines.total", "5m",
                        "parallel-write.targets.b.location", "memory:",
                        "parallel-write.deadlines.total", "10m")))
                .engine();

        assertThat(engine.deadlines().total()).isEqualTo(Duration.ofMinutes(10));
        assertThat(engine.targetDeadlines().get("a").total()).isEqualTo(Duration.ofMinutes(5));
        assertThat(engine.targetDeadlines().get("b").total()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "deadlines.total=9s, deadlines.total, parallel-write.deadlines.open [PT10S]",
        "targets.a.deadlines.total=9s, targets.a.deadlines.total, parallel-write.deadlines.open [PT10S]",
        "deadlines.total=1m targets.a.deadlines.open=2m, deadlines.total, parallel-write.targets.a.deadlines.open [PT2M]"
    })
    void blamesATotalThatLeavesNoTimeToOpen(String given, String blamed, String other) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> new ConfiguredSettings(bind(pairs(given))).engine())
                .satisfies(thrown -> {
                    assertThat(thrown.getName()).isEqualTo("parallel-write." + blamed);
                    assertThat(thrown.getReason()).contains("shorter than " + other);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "targets.a.s3.attempt-timeout=90s, parallel-write.deadlines.stall [PT1M30S]",
        "targets.a.s3.attempt-timeout=1m deadlines.prepare=50s, parallel-write.deadlines.prepare [PT50S]",
        "targets.a.s3.attempt-timeout=1m targets.a.deadlines.commit=1m,"
                + " parallel-write.targets.a.deadlines.commit [PT1M]"
    })
    void blamesAnAttemptThatCouldNeverBeRepeatedInTime(String given, String other) {
        ParallelWriteProperties properties = bind(pairs(given));

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(
                        () -> new ConfiguredS3Settings(properties).of(TargetDefinition.of("a", "s3://bucket/data/")))
                .satisfies(thrown -> {
                    assertThat(thrown.getName()).isEqualTo("parallel-write.targets.a.s3.attempt-timeout");
                    assertThat(thrown.getReason()).contains("not shorter than " + other);
                });
    }

    @Test
    void shortensAttemptsThatAreNotSetWithTheShortestDeadline() {
        ParallelWriteProperties properties = bind(Map.of(
                "parallel-write.targets.a.deadlines.commit", "9s", "parallel-write.targets.b.deadlines.open", "1s"));

        ConfiguredS3Settings settings = new ConfiguredS3Settings(properties);
        assertThat(settings.of(TargetDefinition.of("a", "s3://bucket/data/")).attemptTimeout())
                .isEqualTo(s(4));
        assertThat(settings.of(TargetDefinition.of("b", "s3://bucket/data/")).attemptTimeout())
                .isEqualTo(S3TargetSettings.defaults().attemptTimeout());
    }

    @Test
    void detachesTheTargetsThatSaySo() {
        EngineSettings engine = new ConfiguredSettings(bind(pairs("targets.a.location=memory:"
                        + " targets.b.lagging=detach targets.b.required=false targets.c.lagging=DETACH"
                        + " targets.c.required=false targets.c.lagging-patience=1m targets.a.lagging=block")))
                .engine();

        assertThat(engine.lagging())
                .isEqualTo(Map.of(
                        "b", Lagging.detachAfter(Lagging.DEFAULT_PATIENCE),
                        "c", Lagging.detachAfter(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "targets.a.lagging=detach targets.b.required=false",
                "targets.a.lagging=detach acknowledge=majority targets.b.location=memory:",
                "targets.a.lagging=detach acknowledge=any targets.a.required=true targets.b.location=memory:"
            })
    void refusesToDetachATargetThatEveryWriteNeeds(String given) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> new ConfiguredSettings(bind(pairs(given))).engine())
                .satisfies(thrown -> {
                    assertThat(thrown.getName()).isEqualTo("parallel-write.targets.a.lagging");
                    assertThat(thrown.getValue()).isEqualTo("detach");
                    assertThat(thrown.getReason())
                            .contains("Set parallel-write.targets.a.required=false")
                            .contains("parallel-write.acknowledge");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure-limit=0", "probe-delay=0s", "longest-probe-delay=1ms", "probe-delay=-1s"})
    void refusesLimitsOfTheBreakerUnderTheirNames(String given) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> new ConfiguredSettings(bind(pairs("breaker." + given))).engine())
                .satisfies(thrown -> {
                    assertThat(thrown.getName()).isEqualTo("parallel-write.breaker." + given.split("=")[0]);
                    assertThat(thrown.getReason()).contains("must");
                });
    }

    @Test
    void takesTheLimitsOfTheBreaker() {
        EngineSettings engine = new ConfiguredSettings(
                        bind(pairs("breaker.failure-limit=2" + " breaker.probe-delay=1m breaker.enabled=false")))
                .engine();
        assertThat(engine.breaker())
                .isEqualTo(new BreakerSettings(false, 2, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }

    /** Turns {@code a=1 b=2} into properties of the starter. */
    private static Map<String, String> pairs(String text) {
        return Stream.of(text.split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> "parallel-write." + pair[0], pair -> pair[1]));
    }

    @ParameterizedTest
    @CsvSource({"part-size, 1MB", "concurrency, 0", "buffer, -1MB", "part-attempts, 0", "attempt-timeout, 0s"})
    void blamesThePropertyTheS3TargetRefuses(String property, String value) {
        ParallelWriteProperties properties = bind(Map.of("parallel-write.targets.cloud.s3." + property, value));

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() ->
                        new ConfiguredS3Settings(properties).of(TargetDefinition.of("cloud", "s3://bucket/data/")))
                .satisfies(thrown ->
                        assertThat(thrown.getName()).isEqualTo("parallel-write.targets.cloud.s3." + property));
    }

    @Test
    void blamesThePermissionsTheFileTargetRefuses() {
        ParallelWriteProperties properties = bind(Map.of("parallel-write.targets.disk.file.permissions", "640"));

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(
                        () -> new ConfiguredFileSettings(properties).of(TargetDefinition.of("disk", "file:./data/")))
                .satisfies(thrown ->
                        assertThat(thrown.getName()).isEqualTo("parallel-write.targets.disk.file.permissions"));
    }

    private static Duration s(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static ParallelWriteProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("parallel-write", ParallelWriteProperties.class);
    }

    private static ParallelWriteProperties fromYaml(String yaml) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("test", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment).bindOrCreate("parallel-write", ParallelWriteProperties.class);
    }
}
