package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered between the decision and the last commit. */
class EngineDecisionTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 41);

    private final ScriptedTarget a = new ScriptedTarget("a");
    private final ScriptedTarget b = new ScriptedTarget("b");
    private final Decisions decisions = new Decisions();

    /** Records what it is told, and what the targets showed then. */
    private final class Decisions implements DecisionLog {
        private final List<WriteStart> decided = new ArrayList<>();
        private final List<@Nullable ContentDigest> contents = new ArrayList<>();
        private final List<ContentAttributes> kept = new ArrayList<>();
        private final List<List<TargetOutcome>> settled = new ArrayList<>();
        private @Nullable IOException refusal;
        private @Nullable Error breakdown;
        private Runnable whenSettled = () -> {};
        private Runnable whenEnded = () -> {};

        @Override
        public Runnable begin(WriteStart start, ContentAttributes attributes) {
            return () -> whenEnded.run();
        }

        @Override
        public Decision decide(WriteStart start, @Nullable ContentDigest content, ContentAttributes attributes)
                throws IOException {
            assertThat(a.calls()).doesNotContain("COMMIT", "DELETE");
            assertThat(b.calls()).doesNotContain("COMMIT", "DELETE");
            if (refusal != null) {
                throw refusal;
            }
            if (breakdown != null) {
                throw breakdown;
            }
            decided.add(start);
            contents.add(content);
            kept.add(attributes);
            return outcomes -> {
                whenSettled.run();
                settled.add(outcomes);
            };
        }

        @Override
        public void repaired(TargetPath path, List<TargetOutcome> outcomes) {
            whenSettled.run();
            settled.add(outcomes);
        }
    }

    @Test
    void isMadeWhenAllHavePreparedAndBeforeAnyCommits() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            fixture.write("p", BYTES);
            assertThat(decisions.decided).singleElement().satisfies(start -> {
                assertThat(start.operation()).isEqualTo(Operation.WRITE);
                assertThat(start.path()).isEqualTo("p");
            });
            assertThat(decisions.contents)
                    .singleElement()
                    .satisfies(content ->
                            assertThat(content).extracting(ContentDigest::size).isEqualTo(100L));
            assertThat(decisions.settled)
                    .singleElement()
                    .satisfies(outcomes ->
                            assertThat(outcomes).hasSize(2).allMatch(TargetOutcome.Committed.class::isInstance));
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isSettledWithWhatFailedBeforeIt() throws Exception {
        b.failing(Phase.PREPARE);
        EngineSettings settings = EngineFixture.settings().withRule(AcknowledgementRule.requiring(List.of("a")));
        try (EngineFixture fixture = new EngineFixture(List.of(a, b), 8, settings, decisions)) {
            fixture.write("p", BYTES);
            assertThat(decisions.settled)
                    .singleElement()
                    .satisfies(outcomes -> assertThat(outcomes)
                            .extracting(TargetOutcome::target, Object::getClass)
                            .containsExactlyInAnyOrder(
                                    tuple("a", TargetOutcome.Committed.class), tuple("b", TargetOutcome.Failed.class)));
        }
    }

    @Test
    void abortsEveryTargetWhenItBreaksDown() throws Exception {
        decisions.breakdown = new LinkageError("scripted");
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES))
                    .isInstanceOfSatisfying(
                            ParallelWriteException.class,
                            ex -> assertThat(ex.result().status()).isEqualTo(WriteStatus.FAILED))
                    .hasRootCause(decisions.breakdown);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isMadeWithWhatIsKeptBesideTheBytes() throws Exception {
        ContentAttributes attributes = ContentAttributes.NONE.withMetadata("author", "me");
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            WriteRequest request = new WriteRequest(TargetPath.of("p"), "token", attributes, false, -1);
            try (ParallelOutputStream out = fixture.engine.open(request, null, null)) {
                out.commit();
            }
            assertThat(decisions.kept).containsExactly(attributes);
        }
    }

    @Test
    void isMadeBelatedlyOfAWriteThatFailedWithAPartInSight() throws Exception {
        a.staged = false;
        a.failing(Phase.ABORT);
        b.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES)).isInstanceOf(ParallelWriteException.class);
            assertThat(decisions.contents).hasSize(1).containsOnlyNulls();
            assertThat(decisions.settled)
                    .singleElement()
                    .satisfies(outcomes -> assertThat(outcomes)
                            .filteredOn(TargetOutcome.InDoubt.class::isInstance)
                            .extracting(TargetOutcome::target)
                            .containsExactly("a"));
        }
    }

    @Test
    void isNotMadeOfAWriteThatFailedUnseen() throws Exception {
        a.staged = false;
        b.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES)).isInstanceOf(ParallelWriteException.class);
            assertThat(decisions.decided).isEmpty();
        }
    }

    @Test
    void keepsNoPathLockedIfItCannotBeNotedThatAWriteHasEnded() throws Exception {
        a.staged = false;
        decisions.whenEnded = () -> {
            throw new IllegalStateException("scripted");
        };
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThat(fixture.write("p", BYTES).status()).isEqualTo(WriteStatus.COMMITTED);
            assertThat(fixture.engine.betweenCommits(TargetPath.of("p"), () -> "free"))
                    .isEqualTo("free");
            assertThat(fixture.finished).hasSize(1);
        }
    }

    @Test
    void thatCannotBeRememberedAbortsTheWrite() throws Exception {
        decisions.refusal = new IOException("the journal is full");
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES))
                    .isInstanceOfSatisfying(
                            ParallelWriteException.class,
                            failure -> assertThat(failure.result().status()).isEqualTo(WriteStatus.FAILED))
                    .hasMessageContaining("the journal is full");
            assertThat(a.visible).isEmpty();
            assertThat(b.visible).isEmpty();
            assertThat(decisions.settled).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void thatFailsInAWayNobodyExpectsAbortsTheWriteToo() throws Exception {
        DecisionLog broken = (start, content, attributes) -> {
            throw new IllegalStateException("scripted");
        };
        try (EngineFixture fixture = EngineFixture.of(broken, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES))
                    .isInstanceOfSatisfying(
                            ParallelWriteException.class,
                            failure -> assertThat(failure.result().status()).isEqualTo(WriteStatus.FAILED))
                    .hasMessageContaining("scripted");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void whoseSettlingFailsLeavesThePathUnlocked() throws Exception {
        decisions.whenSettled = () -> {
            throw new IllegalStateException("scripted");
        };
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThat(fixture.write("p", BYTES).status()).isEqualTo(WriteStatus.COMMITTED);
            a.clearCalls();
            b.clearCalls();
            assertThat(fixture.write("p", BYTES).status()).isEqualTo(WriteStatus.COMMITTED);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isNotMadeWhenATargetHasFailedBefore() throws Exception {
        b.failing(Phase.PREPARE);
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES)).isInstanceOf(ParallelWriteException.class);
            assertThat(decisions.decided).isEmpty();
        }
    }

    @Test
    void isSettledWithADoubtWhenACommitFails() throws Exception {
        b.failing(Phase.COMMIT);
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES)).isInstanceOf(ParallelWriteException.class);
            assertThat(decisions.settled.get(0))
                    .hasSize(2)
                    .anyMatch(TargetOutcome.Committed.class::isInstance)
                    .anyMatch(TargetOutcome.InDoubt.class::isInstance);
        }
    }

    @Test
    void isSettledWithoutThoseThatAreAbortedBecauseAnotherRefused() throws Exception {
        a.commitsFirst = true;
        a.refusing(Phase.COMMIT);
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            assertThatThrownBy(() -> fixture.write("p", BYTES)).isInstanceOf(ParallelWriteException.class);
            assertThat(decisions.settled.get(0)).singleElement().satisfies(outcome -> {
                assertThat(outcome.target()).isEqualTo("a");
                assertThat(outcome).isInstanceOf(TargetOutcome.Failed.class);
            });
            fixture.assertNothingLeft();
        }
    }

    @Test
    void isSettledBeforeAnotherWriteOfThePathIsDecided() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            writeWhileSettling(fixture, () -> fixture.write("p", BYTES));
            assertThat(decisions.decided).hasSize(2);
        }
    }

    @Test
    void comesAfterWhatALateRequestOfARepairMayStillDoIsKnown() throws Exception {
        b.failing(Phase.COMMIT);
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            writeWhileSettling(fixture, () -> repair(fixture));
            assertThat(decisions.decided).hasSize(1);
            assertThat(decisions.settled.get(0)).singleElement().isInstanceOf(TargetOutcome.InDoubt.class);
        }
    }

    private static Object repair(EngineFixture fixture) throws IOException {
        try (ParallelOutputStream out =
                fixture.engine.openRepair("b", EngineFixture.request("p", -1), null, CommitGuard.NONE)) {
            out.write(BYTES);
            return assertThatThrownBy(out::commit).isInstanceOf(ParallelWriteException.class);
        }
    }

    /** Writes the path again while it is being remembered what became of the first, and sees that the second waits. */
    private void writeWhileSettling(EngineFixture fixture, Callable<?> first) throws Exception {
        CompletableFuture<Void> settling = EngineFixture.gate();
        CompletableFuture<Void> goOn = EngineFixture.gate();
        decisions.whenSettled = () -> {
            decisions.whenSettled = () -> {};
            settling.complete(null);
            goOn.join();
            a.clearCalls();
            b.clearCalls();
            b.on(Phase.COMMIT, TargetWrite::done);
        };
        Future<?> begun = fixture.asCaller(first);
        EngineFixture.await(settling);
        int decided = decisions.decided.size();
        a.clearCalls();
        Future<?> second = fixture.asCaller(() -> fixture.write("p", EngineFixture.bytes(10, 42)));
        EngineFixture.until(() -> a.calls().contains("PREPARE"));
        assertThat(decisions.decided).hasSize(decided);
        goOn.complete(null);
        EngineFixture.await(begun);
        EngineFixture.await(second);
    }

    @Test
    void isMadeForADelete() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(decisions, a, b)) {
            fixture.engine.delete("token", TargetPath.of("p"));
            assertThat(decisions.decided)
                    .singleElement()
                    .satisfies(start -> assertThat(start.operation()).isEqualTo(Operation.DELETE));
            assertThat(decisions.contents).containsOnlyNulls();
            assertThat(decisions.settled).hasSize(1);
        }
    }

    @Test
    void isNotNeededForOneTarget() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(decisions, a)) {
            fixture.write("p", BYTES);
            assertThat(decisions.decided).isEmpty();
        }
    }
}
