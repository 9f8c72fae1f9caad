package io.parallelwrite.boot.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.parallelwrite.divergence.WriteDivergence;
import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WriteMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final WriteMeters meters = new WriteMeters(registry, List.of("local", "s3"));

    @Test
    void countsTheBytesOfTargetsThatCommitted() {
        write(meters, "a", WriteStatus.COMMITTED, committed("local", "file"), committed("s3", "s3"));
        write(meters, "b", WriteStatus.COMMITTED_DEGRADED, committed("local", "file"), failed("s3", "s3"));

        assertThat(registry.get("parallel.write.bytes")
                        .tags("target", "local", "scheme", "file")
                        .counter()
                        .count())
                .isEqualTo(20);
        assertThat(registry.get("parallel.write.bytes")
                        .tags("target", "s3", "scheme", "s3")
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void showsHowManyWritesAreOpen() {
        WriteStart first = start("a");
        WriteStart second = start("b");

        meters.started(first);
        meters.started(second);
        assertThat(openWrites()).isEqualTo(2);

        meters.finished(first, result(first, WriteStatus.COMMITTED));
        meters.finished(second, result(second, WriteStatus.FAILED));
        assertThat(openWrites()).isZero();
    }

    @Test
    void showsZeroDivergencesBeforeThereIsOne() {
        assertThat(registry.get("parallel.write.divergences")
                        .tag("target", "s3")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void countsADivergenceForEveryTargetThatMissesTheChange() {
        WriteResult degraded =
                result(start("a"), WriteStatus.COMMITTED_DEGRADED, committed("local", "file"), failed("s3", "s3"));

        meters.diverged(WriteDivergence.of(degraded).orElseThrow());

        assertThat(registry.get("parallel.write.divergences")
                        .tag("target", "s3")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("parallel.write.divergences")
                        .tag("target", "local")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void countsCallsThatReturnAfterTheirDeadline() {
        meters.completedLate(start("a"), new LateCompletion("s3", Phase.COMMIT, null));
        meters.completedLate(start("a"), new LateCompletion("s3", Phase.COMMIT, new IOException("gone")));

        assertThat(registry.get("parallel.write.late.completions")
                        .tags("target", "s3", "phase", "commit")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aThousandPathsMakeNoMoreMetersThanOne() {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        WriteObserver observer = new WriteObserver(observations, null, null);

        writeAnywhere(observer);
        List<Meter.Id> afterOne = ids();
        for (int i = 0; i < 1000; i++) {
            writeAnywhere(observer);
        }

        assertThat(ids()).containsExactlyInAnyOrderElementsOf(afterOne);
        assertThat(registry.get("parallel.write.target")
                        .tag("target", "s3")
                        .tag("error", "none")
                        .timer()
                        .count())
                .isEqualTo(1001);
    }

    private void writeAnywhere(WriteObserver observer) {
        String path = UUID.randomUUID() + "/" + UUID.randomUUID();
        write(observer, path, WriteStatus.COMMITTED, committed("local", "file"), committed("s3", "s3"));
        write(meters, path, WriteStatus.COMMITTED, committed("local", "file"), committed("s3", "s3"));
    }

    private List<Meter.Id> ids() {
        return registry.getMeters().stream().map(Meter::getId).toList();
    }

    private double openWrites() {
        return registry.get("parallel.write.open").gauge().value();
    }

    private static void write(WriteListener listener, String path, WriteStatus status, TargetOutcome... outcomes) {
        WriteStart start = start(path);
        listener.started(start);
        List.of(outcomes).forEach(outcome -> listener.targetFinished(start, outcome));
        listener.finished(start, result(start, status, outcomes));
    }

    private static WriteStart start(String path) {
        return new WriteStart(
                UUID.randomUUID().toString(),
                Operation.WRITE,
                path,
                List.of(new WriteStart.Participant("local", "file"), new WriteStart.Participant("s3", "s3")));
    }

    private static TargetOutcome committed(String target, String scheme) {
        return new TargetOutcome.Committed(target, scheme, Duration.ofMillis(1), Receipt.UNKNOWN);
    }

    private static TargetOutcome failed(String target, String scheme) {
        return new TargetOutcome.Failed(
                target, scheme, Duration.ofMillis(1), Phase.WRITE, 3, new IOException("no"), null);
    }

    private static WriteResult result(WriteStart start, WriteStatus status, TargetOutcome... outcomes) {
        return new WriteResult(
                start.id(), start.operation(), start.path(), status, 10, null, Duration.ofMillis(2), List.of(outcomes));
    }
}
