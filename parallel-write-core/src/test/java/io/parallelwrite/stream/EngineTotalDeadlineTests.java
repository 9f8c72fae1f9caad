package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.await;
import static io.parallelwrite.stream.EngineFixture.awaitFailure;
import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The whole of a target's part in a write is limited too, whatever the source does, until it has prepared. */
class EngineTotalDeadlineTests {

    private static final Duration TOTAL = Duration.ofSeconds(30);
    private static final Deadlines LIMITED = Deadlines.defaults().withTotal(TOTAL);

    private final CompletableFuture<Void> gate = EngineFixture.gate();
    private final ScriptedTarget one = new ScriptedTarget("one");
    private final ScriptedTarget two = new ScriptedTarget("two");

    private static EngineSettings settings() {
        return EngineFixture.settings().withDeadlines(LIMITED);
    }

    @Test
    void endsAWriteWhoseSourceIsTooSlow() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(settings(), one, two)) {
            ParallelOutputStream out = fixture.open("a");
            out.write(EngineFixture.bytes(16, 1));
            until(() -> one.takenBytes.get() == 16 && two.takenBytes.get() == 16);
            fixture.timer.advance(TOTAL.minusMillis(1));
            out.write(EngineFixture.bytes(16, 2));
            fixture.timer.advance(Duration.ofMillis(1));

            ParallelWriteException failure = catchThrowableOfType(ParallelWriteException.class, out::commit);
            assertThat(failure.result().status()).isEqualTo(WriteStatus.FAILED);
            assertThat(failure.result().outcome("one")).isInstanceOf(TargetOutcome.Failed.class);
            assertThat(failure.getCause())
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("did not end within 30000 ms from its opening");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void endsAStreamThatIsForgotten() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(settings().withMaxOpenWrites(1, Duration.ZERO), one, two)) {
            fixture.open("a").write(EngineFixture.bytes(20, 1)); // one chunk is with the targets, one is being filled
            until(() -> one.takenBytes.get() == 16 && two.takenBytes.get() == 16);
            fixture.timer.advance(TOTAL);
            fixture.assertNothingLeft();
            until(() -> fixture.finished.size() == 1);

            assertThat(fixture.finished.get(0).status()).isEqualTo(WriteStatus.FAILED);
            assertThat(one.calls()).endsWith("ABORT");
            assertThat(fixture.write("b", EngineFixture.bytes(20, 1)).status()).isEqualTo(WriteStatus.COMMITTED);
        }
    }

    @Test
    void unlocksThePathOfAForgottenStreamToATargetThatDoesNotStage() throws Exception {
        two.staged = false;
        try (EngineFixture fixture = EngineFixture.of(settings(), one, two)) {
            fixture.open("a").write(EngineFixture.bytes(20, 1));
            until(() -> one.takenBytes.get() == 16 && two.takenBytes.get() == 16);
            fixture.timer.advance(TOTAL);
            until(() -> fixture.finished.size() == 1);

            assertThat(fixture.write("a", EngineFixture.bytes(20, 1)).status()).isEqualTo(WriteStatus.COMMITTED);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void tellsACallerThatComesWhileItsWriteIsBeingEnded() throws Exception {
        one.pending(Phase.ABORT, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), one, two)) {
            ParallelOutputStream out = fixture.open("a");
            fixture.timer.advance(TOTAL);
            Future<WriteResult> caller = fixture.asCaller(out::commit);
            fixture.letCallerWait(Duration.ZERO, () -> one.calls().contains("ABORT"), 0);
            assertThat(caller).isNotDone();
            gate.complete(null);

            assertThat(awaitFailure(caller)).hasMessageContaining("did not end within 30000 ms from its opening");
            out.close();
            assertThat(fixture.finished).hasSize(1);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void tellsACallerThatComesBackWhileCallsThatHangHoldAllWorkers() throws Exception {
        one.blocking(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), 1, one)) {
            ParallelOutputStream out = fixture.open("a");
            out.write(EngineFixture.bytes(16, 1));
            until(() -> one.calls().contains("WRITE"));
            fixture.timer.advance(TOTAL);
            Future<WriteResult> caller = fixture.asCaller(out::commit);
            try {
                assertThat(awaitFailure(caller)).hasMessageContaining("did not end within 30000 ms from its opening");
                assertThat(fixture.finished).hasSize(1);
            } finally {
                gate.complete(null);
            }
            fixture.assertNothingLeft();
            assertThat(fixture.finished).as("ended once").hasSize(1);
        }
    }

    @Test
    void wakesACallerThatWaitsForMemory() throws Exception {
        two.blocking(Phase.WRITE, gate);
        EngineSettings settings = EngineFixture.settings().withTargetDeadlines("two", LIMITED);
        try (EngineFixture fixture = EngineFixture.of(settings, one, two)) {
            Future<WriteResult> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(200, 1)));
            fixture.letCallerWait(
                    TOTAL, () -> one.takenBytes.get() == 64 && two.calls().contains("WRITE"), 1);

            assertThat(awaitFailure(caller).result().outcome("two"))
                    .isInstanceOfSatisfying(TargetOutcome.Failed.class, failed -> {
                        assertThat(failed.phase()).isEqualTo(Phase.WRITE);
                        assertThat(failed.cause()).isInstanceOf(DeadlineExceededException.class);
                    });
            gate.complete(null);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void goesOnWithoutATargetThatTheRuleCanDoWithout() throws Exception {
        EngineSettings settings =
                EngineFixture.settings().withRule(EngineFixture.any()).withTargetDeadlines("two", LIMITED);
        try (EngineFixture fixture = EngineFixture.of(settings, one, two)) {
            ParallelOutputStream out = fixture.open("a");
            fixture.timer.advance(TOTAL);
            out.write(EngineFixture.bytes(20, 1));

            WriteResult result = out.commit();
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.outcome("two")).isInstanceOf(TargetOutcome.Failed.class);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isOverForATargetThatHasPrepared() throws Exception {
        two.pending(Phase.PREPARE, gate);
        EngineSettings settings = EngineFixture.settings().withTargetDeadlines("one", LIMITED);
        try (EngineFixture fixture = EngineFixture.of(settings, one, two)) {
            Future<WriteResult> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(20, 1)));
            fixture.letCallerWait(
                    TOTAL.multipliedBy(2),
                    () -> one.calls().contains("PREPARE") && two.calls().contains("PREPARE"),
                    0);
            gate.complete(null);

            assertThat(await(caller).status()).isEqualTo(WriteStatus.COMMITTED);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void leavesACommitToItsOwnDeadline() throws Exception {
        two.pending(Phase.COMMIT, gate);
        try (EngineFixture fixture = EngineFixture.of(settings(), one, two)) {
            Future<WriteResult> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(20, 1)));
            fixture.letCallerWait(
                    TOTAL.multipliedBy(2),
                    () -> one.calls().contains("COMMIT") && two.calls().contains("COMMIT"),
                    0);
            gate.complete(null);

            assertThat(await(caller).status()).isEqualTo(WriteStatus.COMMITTED);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void mustLeaveTimeToOpen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deadlines.defaults().withTotal(Duration.ofSeconds(9)))
                .withMessageContaining("The total deadline [PT9S] must not be shorter than the open deadline [PT10S]");
    }
}
