package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.TargetState;
import io.parallelwrite.outcome.TargetStatus;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that fails too often is left out, tried by probes, and taken in again. */
class EngineBreakerTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 4);
    private static final EngineSettings ONE_IS_ENOUGH = EngineFixture.settings().withRule(EngineFixture.any());

    private final ScriptedTarget good = new ScriptedTarget("good");
    private final ScriptedTarget bad = new ScriptedTarget("bad");
    private final CompletableFuture<Void> gate = EngineFixture.gate();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private EngineFixture fixture(EngineSettings settings, ScriptedTarget... more) {
        EngineFixture fixture = EngineFixture.of(
                settings,
                8,
                Stream.concat(Stream.of(good, bad), Stream.of(more)).toArray(ScriptedTarget[]::new));
        fixture.engine
                .states()
                .addListener(change -> told.add(change.target() + " " + change.previous() + " " + change.state()));
        return fixture;
    }

    private static TargetStatus statusOfBad(EngineFixture fixture) {
        return fixture.engine.states().status().targets().get(1);
    }

    private static WriteResult failWrite(EngineFixture fixture, String path) {
        return catchThrowableOfType(ParallelWriteException.class, () -> fixture.write(path, BYTES))
                .result();
    }

    /** Has it taken out, under a rule that can do without it. */
    private void takeOut(EngineFixture fixture) throws IOException {
        bad.refusing(Phase.COMMIT);
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.write("p" + i, BYTES).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
        }
        assertThat(statusOfBad(fixture).state()).isEqualTo(TargetState.OUT);
        bad.clearCalls();
    }

    private void makeWell() {
        for (Phase phase : Phase.values()) {
            bad.on(phase, TargetWrite::done);
        }
    }

    private void awaitIn(EngineFixture fixture) throws TimeoutException {
        until(() -> statusOfBad(fixture).state() == TargetState.IN_SYNC);
    }

    /** Waits until a probe has ended with a failure; the next is due then. */
    private static void awaitFailedProbe(EngineFixture fixture, String failure) throws TimeoutException {
        until(() -> String.valueOf(statusOfBad(fixture).lastFailure()).contains(failure));
    }

    @Test
    void doesWithoutATargetThatIsOut() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            WriteResult result = fixture.write("next", BYTES);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.outcome("bad")).isInstanceOfSatisfying(TargetOutcome.Failed.class, failed -> {
                assertThat(failed.phase()).isEqualTo(Phase.OPEN);
                assertThat(failed.cause())
                        .isInstanceOf(TargetOutException.class)
                        .hasMessageContaining("target 'bad' is out since 1970-01-01T00:00:00Z")
                        .hasRootCauseMessage("scripted refusal");
            });
            assertThat(bad.calls()).isEmpty();
            assertThat(told).containsExactly("bad IN_SYNC OUT");
        }
    }

    @Test
    void failsAtOnceWithoutTouchingTheOthersIfTheRuleNeedsIt() throws Exception {
        bad.failing(Phase.PREPARE);
        try (EngineFixture fixture = fixture(EngineFixture.settings())) {
            for (int i = 0; i < 5; i++) {
                failWrite(fixture, "p" + i);
            }
            good.clearCalls();
            WriteResult result = failWrite(fixture, "next");
            assertThat(result.status()).isEqualTo(WriteStatus.FAILED);
            assertThat(result.outcome("good")).isInstanceOf(TargetOutcome.Aborted.class);
            assertThat(good.calls()).isEmpty();
            assertThat(good.visible).isEmpty();
            assertThat(fixture.engine.states().status().takesWrites()).isFalse();
            assertThat(statusOfBad(fixture).required()).isTrue();
        }
    }

    @Test
    void deletesNothingAnywhereIfTheRuleNeedsATargetThatIsOut() throws Exception {
        try (EngineFixture fixture = fixture(EngineFixture.settings())) {
            fixture.write("kept", BYTES);
            bad.failing(Phase.PREPARE);
            for (int i = 0; i < 5; i++) {
                failWrite(fixture, "p" + i);
            }
            assertThat(catchThrowableOfType(
                                    ParallelWriteException.class,
                                    () -> fixture.engine.delete("token", TargetPath.of("kept")))
                            .result()
                            .status())
                    .isEqualTo(WriteStatus.FAILED);
            assertThat(good.visible).containsOnlyKeys("kept");
        }
    }

    @Test
    void doesNotRepairATargetThatIsOut() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            ParallelWriteException failure = catchThrowableOfType(
                    ParallelWriteException.class,
                    () -> fixture.engine.openRepair("bad", EngineFixture.request("p0", -1), null, CommitGuard.NONE));
            assertThat(failure).hasRootCauseMessage("scripted refusal");
            assertThat(bad.calls()).isEmpty();
        }
    }

    @Test
    void letsWritesThatAreUnderWayGoOn() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            ParallelOutputStream out = fixture.open("under-way");
            out.write(BYTES);
            takeOut(fixture);
            makeWell();
            assertThat(out.commit().status()).isEqualTo(WriteStatus.COMMITTED);
            assertThat(statusOfBad(fixture).state()).isEqualTo(TargetState.OUT);
        }
    }

    @Test
    void doesNotCountWhatTheEndOfAWriteMakesFail() throws Exception {
        ScriptedTarget last = new ScriptedTarget("last");
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH, last)) {
            for (int i = 0; i < 10; i++) {
                CompletableFuture<Void> cancelled = EngineFixture.gate();
                bad.clearCalls();
                bad.pending(Phase.WRITE, cancelled);
                ParallelOutputStream out = fixture.open("p" + i);
                out.write(EngineFixture.bytes(16, i));
                until(() -> bad.calls().contains("WRITE"));
                CompletableFuture<Void> aborted = CompletableFuture.runAsync(() -> abort(out));
                bad.on(Phase.ABORT, TargetWrite::done);
                until(() -> last.calls().contains("ABORT")); // so the one before it has been told
                last.clearCalls();
                cancelled.completeExceptionally(new IOException("cancelled"));
                aborted.get();
            }
            assertThat(told).isEmpty();
        }
    }

    private static void abort(ParallelOutputStream out) {
        try {
            out.abort();
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void takesATargetInAfterARealWriteSyncPublishAndDelete() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            makeWell();
            fixture.timer.advance(Duration.ofSeconds(1));
            awaitIn(fixture);
            assertThat(bad.calls()).containsExactly("OPEN", "WRITE", "PREPARE", "COMMIT", "DELETE");
            assertThat(bad.visible).isEmpty();
            assertThat(fixture.write("next", BYTES).status()).isEqualTo(WriteStatus.COMMITTED);
            until(() -> told.size() == 2);
            assertThat(told).containsExactly("bad IN_SYNC OUT", "bad OUT IN_SYNC");
            assertThat(good.calls()).as("no probe of a target that is well").doesNotContain("DELETE");
            fixture.assertNothingLeft();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE", "COMMIT", "DELETE"})
    void keepsATargetOutWhoseProbeFailsAndDiscardsWhatWasStaged(Phase phase) throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            makeWell();
            bad.failing(phase);
            fixture.timer.advance(Duration.ofSeconds(1));
            awaitFailedProbe(fixture, "scripted " + phase);
            assertThat(bad.openWrites).as("a commit in doubt is left alone").hasValue(phase == Phase.COMMIT ? 1 : 0);
            assertThat(statusOfBad(fixture).state()).isEqualTo(TargetState.OUT);
            makeWell();
            fixture.timer.advance(Duration.ofSeconds(2));
            awaitIn(fixture);
            assertThat(bad.visible)
                    .as("what the failed probe left is replaced, and deleted")
                    .isEmpty();
        }
    }

    @Test
    void takesATargetInThatPublishesAndRefusesToDelete() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            makeWell();
            bad.refusing(Phase.DELETE);
            fixture.timer.advance(Duration.ofSeconds(1));
            awaitIn(fixture);
            assertThat(bad.visible).containsOnlyKeys(TargetPath.PROBE.value());
        }
    }

    @Test
    void keepsATargetOutThatStoresOtherBytesThanWereSent() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            makeWell();
            bad.lies = true;
            fixture.timer.advance(Duration.ofSeconds(1));
            awaitFailedProbe(fixture, "is not what was sent");
            assertThat(statusOfBad(fixture).state()).isEqualTo(TargetState.OUT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE", "COMMIT", "DELETE"})
    void sendsNoSecondProbeUntilOneThatHangsHasReturned(Phase phase) throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            takeOut(fixture);
            makeWell();
            bad.pending(phase, gate);
            fixture.timer.advance(Duration.ofSeconds(1));
            fixture.letDeadlinePass(bad, phase, 1, 0);
            until(() -> statusOfBad(fixture).unreturnedCalls() == 1);
            fixture.timer.advance(Duration.ofHours(1));
            assertThat(bad.calls()).containsOnlyOnce("OPEN");
            makeWell();
            gate.complete(null);
            awaitFailedProbe(fixture, phase == Phase.WRITE ? "took no bytes" : "did not finish");
            fixture.timer.advance(Duration.ofSeconds(2));
            awaitIn(fixture);
            until(() -> bad.openWrites.get() == 0);
        }
    }

    @Test
    void blocksNobodyWhileAProbeHangs() throws Exception {
        EngineSettings settings = ONE_IS_ENOUGH.withWorkersPerTarget(1);
        try (EngineFixture fixture = fixture(settings)) {
            takeOut(fixture);
            makeWell();
            bad.blocking(Phase.COMMIT, gate);
            fixture.timer.advance(Duration.ofSeconds(1));
            until(() -> bad.calls().contains("COMMIT"));
            assertThat(fixture.write("next", BYTES).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            gate.complete(null);
            awaitIn(fixture);
        }
    }

    @Test
    void takesATargetOutAtOnceWhenItsShareOfCallsHangs() throws Exception {
        bad.pending(Phase.COMMIT, gate);
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH.withWorkersPerTarget(1))) {
            var caller = fixture.asCaller(() -> fixture.write("a", BYTES));
            fixture.letDeadlinePass(bad, Phase.COMMIT, 1, 0);
            EngineFixture.await(caller);
            assertThat(statusOfBad(fixture).reason())
                    .isEqualTo("1 calls have not returned since their deadlines passed");
            assertThat(fixture.write("b", BYTES).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            gate.complete(null);
            until(() -> statusOfBad(fixture).unreturnedCalls() == 0);
            fixture.timer.advance(Duration.ofSeconds(1));
            awaitIn(fixture);
        }
    }

    @Test
    void sendsNoProbeAfterTheEngineWasClosed() throws Exception {
        EngineFixture fixture = fixture(ONE_IS_ENOUGH);
        takeOut(fixture);
        fixture.close();
        fixture.timer.advance(Duration.ofHours(1));
        assertThat(bad.calls()).isEmpty();
    }

    @Test
    void tellsListenersWhatAnotherListenerThrewNothingOf() throws Exception {
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            fixture.engine.states().addListener(change -> {
                throw new IllegalStateException("scripted");
            });
            fixture.engine.states().addListener(change -> told.add("after"));
            takeOut(fixture);
            assertThat(told).containsExactly("bad IN_SYNC OUT", "after");
        }
    }

    @Test
    void namesNoSecretInTheLastFailure() throws Exception {
        bad.on(Phase.COMMIT, () -> {
            throw new NotAppliedException("PUT https://me:word@host/b?X-Amz-Signature=abc failed", null);
        });
        try (EngineFixture fixture = fixture(ONE_IS_ENOUGH)) {
            for (int i = 0; i < 5; i++) {
                fixture.write("p" + i, BYTES);
            }
            assertThat(statusOfBad(fixture).lastFailure()).isEqualTo("PUT https://host/b failed");
            assertThat(statusOfBad(fixture).reason())
                    .isEqualTo("5 calls in a row failed, the last while committing: NotAppliedException");
        }
    }
}
