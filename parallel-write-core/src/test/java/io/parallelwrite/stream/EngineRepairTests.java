package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EngineRepairTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 7);

    private final ScriptedTarget good = new ScriptedTarget("good");
    private final ScriptedTarget lacking = new ScriptedTarget("lacking");

    private static WriteResult repair(EngineFixture fixture, CommitGuard guard) throws IOException {
        try (ParallelOutputStream out =
                fixture.engine.openRepair("lacking", EngineFixture.request("p", -1), null, guard)) {
            out.write(BYTES);
            return out.commit();
        }
    }

    @Test
    void writesToTheOneTargetAlone() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good, lacking)) {
            WriteResult result = repair(fixture, CommitGuard.NONE);
            assertThat(result.operation()).isEqualTo(Operation.REPAIR);
            assertThat(result.outcomes()).hasSize(1);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
            assertThat(lacking.visible).containsEntry("p", BYTES);
            assertThat(good.calls()).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void abortsWhenTheGuardIsAgainstIt() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good, lacking)) {
            CommitGuard guard = () -> {
                throw new IOException("the source has changed");
            };
            assertThatThrownBy(() -> repair(fixture, guard))
                    .isInstanceOf(ParallelWriteException.class)
                    .hasMessageStartingWith("The repair of 'p' was given up: the source has changed.");
            assertThat(lacking.visible).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void asksTheGuardWhileNoOtherWriteCanCommitThePath() throws Exception {
        byte[] newer = EngineFixture.bytes(100, 8);
        try (EngineFixture fixture = EngineFixture.of(good, lacking)) {
            CompletableFuture<Void> asked = EngineFixture.gate();
            CompletableFuture<Void> answer = EngineFixture.gate();
            Future<WriteResult> repair = fixture.asCaller(() -> repair(fixture, () -> {
                asked.complete(null);
                answer.join();
            }));
            EngineFixture.await(asked);
            Future<WriteResult> write = fixture.asCaller(() -> fixture.write("p", newer));
            EngineFixture.until(
                    () -> lacking.calls().stream().filter("PREPARE"::equals).count() == 2);
            assertThat(lacking.visible).isEmpty();
            answer.complete(null);
            EngineFixture.await(repair);
            EngineFixture.await(write);
            assertThat(lacking.visible).containsEntry("p", newer);
            assertThat(good.visible).containsEntry("p", newer);
        }
    }

    @Test
    void deletesAtTheOneTargetAlone() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good, lacking)) {
            fixture.write("p", BYTES);
            good.clearCalls();
            WriteResult result = fixture.engine.deleteRepair("lacking", "token", TargetPath.of("p"), CommitGuard.NONE);
            assertThat(result.operation()).isEqualTo(Operation.REPAIR);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
            assertThat(lacking.visible).isEmpty();
            assertThat(good.calls()).isEmpty();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void deletesNothingWhenTheGuardIsAgainstIt() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good, lacking)) {
            fixture.write("p", BYTES);
            CommitGuard guard = () -> {
                throw new IOException("it was written again");
            };
            assertThatThrownBy(() -> fixture.engine.deleteRepair("lacking", "token", TargetPath.of("p"), guard))
                    .isInstanceOf(ParallelWriteException.class)
                    .hasMessageContaining("it was written again");
            assertThat(lacking.visible).containsKey("p");
            assertThat(lacking.calls()).doesNotContain("DELETE");
            fixture.write("p", BYTES); // the path is free again
            fixture.assertNothingLeft();
        }
    }

    @Test
    void asksTheGuardBeforeItOpensATargetThatDoesNotStage() throws Exception {
        lacking.staged = false;
        try (EngineFixture fixture = EngineFixture.of(good, lacking)) {
            CommitGuard guard = () -> {
                throw new IOException("superseded");
            };
            assertThatThrownBy(() -> repair(fixture, guard)).hasMessageContaining("superseded");
            assertThat(lacking.calls()).doesNotContain("OPEN");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void refusesATargetThatDoesNotExist() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(good)) {
            assertThatThrownBy(() -> repair(fixture, CommitGuard.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There is no target 'lacking', only [good]");
        }
    }
}
