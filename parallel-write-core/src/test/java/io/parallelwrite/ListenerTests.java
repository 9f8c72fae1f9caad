package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.divergence.WriteDivergence;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ListenerTests {

    private static final AcknowledgementRule LOCAL_IS_ENOUGH = (good, all) -> good.contains("local");

    private final Recorder recorder = new Recorder();
    private final List<Divergence> divergences = new CopyOnWriteArrayList<>();

    private TwoTargets targets() throws IOException {
        return new TwoTargets(builder -> builder.listener(recorder).divergenceListener(divergences::add));
    }

    private TwoTargets degradableTargets() throws IOException {
        return new TwoTargets(builder -> builder.listener(recorder)
                .divergenceListener(divergences::add)
                .settings(builder.settings().withRule(LOCAL_IS_ENOUGH)));
    }

    @Test
    void hearsTheLifeOfAWriteInOrder() throws IOException {
        try (TwoTargets targets = targets()) {
            WriteResult result = targets.writer.write("dir/a", bytes("content"));

            assertThat(recorder.starts)
                    .containsExactly(new WriteStart(
                            result.id(),
                            Operation.WRITE,
                            "dir/a",
                            List.of(
                                    new WriteStart.Participant("local", "memory"),
                                    new WriteStart.Participant("s3", "memory"))));
            assertThat(recorder.outcomes).containsExactlyInAnyOrderElementsOf(result.outcomes());
            assertThat(recorder.results).containsExactly(result);
            assertThat(recorder.order)
                    .startsWith("started")
                    .endsWith("finished")
                    .hasSize(4);
            assertThat(divergences).isEmpty();
        }
    }

    @Test
    void hearsOfAWriteThatFailed() throws IOException {
        try (TwoTargets targets = targets()) {
            targets.s3.failingAt(Phase.PREPARE, "no space");

            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> targets.writer.write("a", bytes("content")))
                    .satisfies(thrown -> assertThat(recorder.results).containsExactly(thrown.result()));

            assertThat(recorder.order)
                    .startsWith("started")
                    .endsWith("finished")
                    .hasSize(4);
            assertThat(divergences).as("nothing is visible anywhere").isEmpty();
        }
    }

    @Test
    void aDivergenceIsReportedOnceWhenATargetIsInDoubt() throws IOException {
        try (TwoTargets targets = targets()) {
            targets.s3.failingAt(Phase.COMMIT, "connection reset");

            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> targets.writer.write("a", bytes("content")));

            assertThat(divergences).singleElement().satisfies(divergence -> {
                WriteResult result = recorder.results.get(0);
                assertThat(divergence)
                        .isEqualTo(new WriteDivergence(
                                result.id(),
                                Operation.WRITE,
                                "a",
                                List.of(result.outcome("s3")),
                                List.of(result.outcome("local"))));
                assertThat(divergence.targets()).containsExactly("s3");
            });
        }
    }

    @Test
    void aDivergenceIsReportedWhenTheRuleIsMetWithoutATarget() throws IOException {
        try (TwoTargets targets = degradableTargets()) {
            targets.s3.failingAt(Phase.WRITE, "no space");

            WriteResult result = targets.writer.write("a", bytes("content"));

            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.isSuccess()).isTrue();
            assertThat(divergences)
                    .singleElement()
                    .satisfies(divergence -> assertThat(divergence.targets()).containsExactly("s3"));
            assertThat(TwoTargets.content(targets.local, "a")).isEqualTo(bytes("content"));
            assertThat(targets.s3.memory().paths()).isEmpty();
            targets.assertNothingStaged();
        }
    }

    @Test
    void aDivergenceIsReportedWhenADeleteMissedATarget() throws IOException {
        try (TwoTargets targets = degradableTargets()) {
            targets.writer.write("a", bytes("content"));
            targets.s3.failingAt(Phase.DELETE, "connection reset");

            assertThat(targets.writer.delete("a").status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);

            assertThat(divergences).singleElement().isInstanceOfSatisfying(WriteDivergence.class, divergence -> {
                assertThat(divergence.operation()).isEqualTo(Operation.DELETE);
                assertThat(divergence.targets()).containsExactly("s3");
            });
        }
    }

    @Test
    void aListenerThatThrowsChangesNothingAndStopsNoOther() throws IOException {
        try (TwoTargets targets = new TwoTargets(
                builder -> builder.listener(new Thrower()).listener(recorder).divergenceListener(divergences::add))) {
            WriteResult result = targets.writer.write("a", bytes("content"));

            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
            assertThat(recorder.order).hasSize(4);
            targets.assertBothHold("a", bytes("content"));
        }
    }

    @Test
    void aDivergenceListenerThatThrowsChangesNothingAndStopsNoOther() throws IOException {
        try (TwoTargets targets =
                new TwoTargets(builder -> builder.settings(builder.settings().withRule(LOCAL_IS_ENOUGH))
                        .divergenceListener(divergence -> {
                            throw new IllegalStateException("a listener's own bug");
                        })
                        .divergenceListener(divergences::add))) {
            targets.s3.failingAt(Phase.OPEN, "away");

            assertThat(targets.writer.write("a", bytes("content")).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);

            assertThat(divergences).hasSize(1);
        }
    }

    private static final class Recorder implements WriteListener {

        private final List<String> order = new CopyOnWriteArrayList<>();
        private final List<WriteStart> starts = new CopyOnWriteArrayList<>();
        private final List<TargetOutcome> outcomes = new CopyOnWriteArrayList<>();
        private final List<WriteResult> results = new CopyOnWriteArrayList<>();

        @Override
        public void started(WriteStart start) {
            order.add("started");
            starts.add(start);
        }

        @Override
        public void targetFinished(WriteStart start, TargetOutcome outcome) {
            order.add("target finished");
            outcomes.add(outcome);
        }

        @Override
        public void finished(WriteStart start, WriteResult result) {
            order.add("finished");
            results.add(result);
        }
    }

    private static final class Thrower implements WriteListener {

        @Override
        public void started(WriteStart start) {
            throw new IllegalStateException("a listener's own bug");
        }

        @Override
        public void targetFinished(WriteStart start, TargetOutcome outcome) {
            throw new NoClassDefFoundError("a listener's own bug");
        }

        @Override
        public void finished(WriteStart start, WriteResult result) {
            throw new AssertionError("a listener's own bug");
        }
    }
}
