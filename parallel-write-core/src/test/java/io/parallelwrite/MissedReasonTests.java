package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.BreakerSettings;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Why a target missed a write, as the journal tells it. */
class MissedReasonTests {

    private static final byte[] BYTES = TwoTargets.bytes("content");

    private static final TargetPath PATH = TargetPath.of("p");

    private final ScriptedTarget local = new ScriptedTarget("local");
    private final ScriptedTarget s3 = new ScriptedTarget("s3");
    private EngineSettings settings =
            EngineSettings.defaults().withRule(AcknowledgementRule.requiring(List.of("local")));

    private JournalMember missedBy(int writeCount) throws IOException {
        try (Journal journal = new MemoryJournal();
                ParallelResourceWriter writer = ParallelResourceWriter.builder()
                        .target(local)
                        .target(s3)
                        .settings(settings)
                        .journal(journal)
                        .build()) {
            for (int i = 0; i < writeCount; i++) {
                writer.write("p", BYTES);
            }
            assertThat(journal.entry(PATH))
                    .hasValueSatisfying(
                            entry -> assertThat(entry.member("local").reason()).isNull());
            return journal.entry(PATH).orElseThrow().member("s3");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "PREPARE"})
    void isWhatFailedBeforeTheDecision(Phase phase) throws Exception {
        s3.failingAt(phase, "no route to host");
        JournalMember missed = missedBy(1);
        assertThat(missed.state()).isEqualTo(State.MISSED);
        assertThat(missed.reason()).isEqualTo("no route to host");
    }

    @Test
    void isThatTheTargetWasLeftOut() throws Exception {
        settings = settings.withBreaker(BreakerSettings.defaults().withFailureLimit(2));
        s3.failingAt(Phase.OPEN, "no route to host");
        assertThat(missedBy(4).reason()).contains("'s3' is out since").contains("while opening");
    }

    @Test
    void holdsNoSecret() throws Exception {
        s3.failingAt(Phase.PREPARE, "PUT https://me:word@host/a?X-Amz-Signature=abc was refused");
        assertThat(missedBy(1).reason())
                .contains("was refused")
                .doesNotContain("abc")
                .doesNotContain("word");
    }
}
