package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.MemoryTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which targets must hold a write, by the rule of the writer and by that of one write. */
class RuleTests {

    private static final byte[] BYTES = {1, 2, 3};

    private final MemoryTarget local = new MemoryTarget("local");
    private final ScriptedTarget s3 = new ScriptedTarget("s3").failingAt(Phase.PREPARE, "scripted");

    private ParallelResourceWriter writer(AcknowledgementRule rule) throws IOException {
        return ParallelResourceWriter.builder()
                .target(local)
                .target(s3)
                .settings(EngineSettings.defaults().withRule(rule))
                .build();
    }

    @Test
    void succeedsDegradedWithoutATargetThatIsNotRequired() throws IOException {
        try (ParallelResourceWriter writer = writer(AcknowledgementRule.requiring(List.of("local")))) {
            WriteResult result = writer.write("a", BYTES);
            assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(result.outcome("local")).isInstanceOf(TargetOutcome.Committed.class);
            assertThat(result.outcome("s3")).isInstanceOf(TargetOutcome.Failed.class);
        }
    }

    @Test
    void goesByTheRuleOfTheWriteBeforeThatOfTheWriter() throws IOException {
        WriteOptions any = WriteOptions.none().withRule(AcknowledgementRule.atLeast(1));
        try (ParallelResourceWriter writer = writer(AcknowledgementRule.all())) {
            assertThatThrownBy(() -> writer.write("a", BYTES)).isInstanceOf(ParallelWriteException.class);
            assertThat(local.paths()).isEmpty();
            assertThat(writer.write("a", BYTES, any).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(local.paths()).containsExactly("a");
        }
    }

    @Test
    void refusesARuleThatCanNeverBeMetBeforeAnythingOpens() throws IOException {
        assertThatThrownBy(() -> writer(AcknowledgementRule.atLeast(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The acknowledgement rule [at least 3] can never be met by the targets [local, s3];"
                        + " correct the rule or add targets");
        WriteOptions unknown = WriteOptions.none().withRule(AcknowledgementRule.requiring(List.of("backup")));
        try (ParallelResourceWriter writer = writer(AcknowledgementRule.all())) {
            assertThatThrownBy(() -> writer.write("a", BYTES, unknown))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[[backup] required]");
        }
        assertThat(local.openWrites()).isEmpty();
    }
}
