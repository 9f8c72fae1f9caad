package io.parallelwrite.boot.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopiesDifferException;
import io.parallelwrite.compare.PassedOver;
import io.parallelwrite.compare.ReadMode;
import io.parallelwrite.compare.ReadResult;
import io.parallelwrite.compare.Refill;
import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.Phase;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ReadMeters meters = new ReadMeters(registry);

    @Test
    void timesAReadAndCountsItsBytesForTheTargetThatServed() {
        meters.finished(read("a", ReadMode.FAIL_OVER, "s3", 10, null));
        meters.finished(read("b", ReadMode.FAIL_OVER, "s3", 5, null));

        assertThat(registry.get("parallel.read")
                        .tags("mode", "fail_over", "target", "s3", "outcome", "ok")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
        assertThat(count("parallel.read.bytes", "target", "s3")).isEqualTo(15);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new FileNotFoundException("gone"), "missing"),
                Arguments.of(new DeadlineExceededException(Phase.READ, Duration.ofSeconds(1)), "deadline"),
                Arguments.of(
                        new CopiesDifferException(new Comparison.Different(
                                "a", List.of(), OptionalLong.empty(), List.of(), "one says x, one y")),
                        "differs"),
                Arguments.of(new IOException("connection reset"), "failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tellsWhyAReadFailed(IOException failure, String outcome) {
        meters.finished(read("a", ReadMode.COMPARE, null, 0, failure));

        assertThat(registry.get("parallel.read")
                        .tags("mode", "compare", "target", "none", "outcome", outcome)
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tellsWhyATargetWasPassedOver(IOException failure, String reason) {
        meters.finished(read("a", ReadMode.FAIL_OVER, "s3", 10, null, new PassedOver("local", 0, failure)));

        assertThat(count("parallel.read.fallbacks", "target", "local", "reason", reason))
                .isEqualTo(1);
    }

    @Test
    void anObjectThatIsNowhereIsNoFallback() {
        IOException missing = new FileNotFoundException("gone");
        meters.finished(read("a", ReadMode.FAIL_OVER, null, 0, missing, new PassedOver("local", 0, missing)));

        assertThat(registry.find("parallel.read.fallbacks").counters()).isEmpty();
    }

    @Test
    void aReadThatNobodyTookUpIsNoFallback() {
        IOException failure = new IOException("connection reset");
        meters.finished(read(
                "a",
                ReadMode.FAIL_OVER,
                "local",
                10,
                failure,
                new PassedOver("local", 10, failure),
                new PassedOver("s3", 10, failure)));

        assertThat(registry.find("parallel.read.fallbacks").counters()).isEmpty();
    }

    @Test
    void countsCopiesThatCameBackAndThoseThatDidNot() {
        meters.refilled(new Refill("a", "local", "s3", null));
        meters.refilled(new Refill("b", "local", "s3", new IOException("no space")));
        meters.refilled(new Refill("c", "local", "s3", null));

        assertThat(count("parallel.read.refills", "target", "local", "outcome", "ok"))
                .isEqualTo(2);
        assertThat(count("parallel.read.refills", "target", "local", "outcome", "failed"))
                .isEqualTo(1);
    }

    @Test
    void aThousandPathsMakeNoMoreMetersThanOne() {
        meetEverything();
        List<Meter.Id> afterOne = ids();
        for (int i = 0; i < 1000; i++) {
            meetEverything();
        }

        assertThat(ids()).containsExactlyInAnyOrderElementsOf(afterOne);
    }

    private void meetEverything() {
        String path = UUID.randomUUID() + "/" + UUID.randomUUID();
        IOException failure = new IOException(path);
        meters.finished(read(path, ReadMode.FAIL_OVER, "s3", 10, failure, new PassedOver("local", 0, failure)));
        meters.refilled(new Refill(path, "local", "s3", failure));
    }

    private List<Meter.Id> ids() {
        return registry.getMeters().stream().map(Meter::getId).toList();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private static ReadResult read(
            String path,
            ReadMode mode,
            @Nullable String servedBy,
            long byteCount,
            @Nullable IOException failure,
            PassedOver... passedOver) {
        return new ReadResult(path, mode, servedBy, List.of(passedOver), byteCount, Duration.ofMillis(3), failure);
    }
}
