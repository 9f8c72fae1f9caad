package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.Lagging;
import io.parallelwrite.target.TargetPath;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes, in the end, of a copy at a target that fell behind. */
class LaggingWriterTests {

    private static final byte[] BYTES = TwoTargets.bytes("content");

    private final Gate gate = new Gate();
    private final ScriptedTarget local = new ScriptedTarget("local");
    private final ScriptedTarget s3 = new ScriptedTarget("s3").at(Phase.PREPARE, gate::pass);

    private ParallelResourceWriter writer(Journal journal) throws Exception {
        return ParallelResourceWriter.builder()
                .target(local)
                .target(s3)
                .settings(EngineSettings.defaults()
                        .withRule(AcknowledgementRule.requiring(List.of("local")))
                        .withLagging("s3", Lagging.detachAfter(Duration.ofMillis(10))))
                .journal(journal)
                .build();
    }

    @Test
    void isRememberedAsMissedAndRepairedWhenTheTargetIsWellAgain() throws Exception {
        try (Journal journal = new MemoryJournal();
                ParallelResourceWriter writer = writer(journal)) {
            WriteResult result = writer.write("p", BYTES);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.outcome("s3")).isInstanceOf(TargetOutcome.Detached.class);
            assertThat(journal.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.member("s3").state()).isEqualTo(JournalMember.State.MISSED);
                assertThat(entry.member("s3").reason()).contains("held up the write for 10 ms");
            });
            gate.open();

            assertThat(writer.repairer().orElseThrow().repair("p", false)).isInstanceOf(RepairOutcome.Settled.class);
            assertThat(journal.entries()).isEmpty();
            try (InputStream copy = s3.read(TargetPath.of("p"))) {
                assertThat(copy).hasBinaryContent(BYTES);
            }
        } finally {
            gate.open();
        }
    }
}
