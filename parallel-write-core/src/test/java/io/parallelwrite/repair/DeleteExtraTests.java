package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.repair.ScrubResult.End;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting what the chosen source does not hold: never because the source itself is not there. */
class DeleteExtraTests {

    private static final byte[] BYTES = EngineFixture.bytes(40, 98);
    private static final RepairOptions AS_LOCAL =
            RepairOptions.proven().withSource("local").withDeleteExtra(true);

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final RepairFixture fixture = RepairFixture.of(local, s3);
    private final List<RepairedPath> repaired = new ArrayList<>();

    @AfterEach
    void close() throws TimeoutException {
        fixture.close();
    }

    private ScrubResult pass(RepairOptions options) {
        ScrubListener listener = new ScrubListener() {
            @Override
            public void repaired(RepairedPath path) {
                repaired.add(path);
            }
        };
        ScrubSettings oneByOne = ScrubSettings.defaults().withConcurrency(1);
        return fixture.scrubber
                .repair(ScrubPosition.start(""), options, oneByOne, listener)
                .run();
    }

    private Set<String> atS3() {
        return s3.memory.paths();
    }

    @Test
    void deletesWhatASourceThatHoldsOthersDoesNotHold() throws Exception {
        local.with("b", BYTES);
        s3.with("a", BYTES).with("b", BYTES).with("c", BYTES);
        assertThat(fixture.scrubber.repair("a", AS_LOCAL).verdict()).isEqualTo(Verdict.REPAIRED);
        assertThat(pass(AS_LOCAL).end()).isEqualTo(End.COMPLETE);
        assertThat(atS3()).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesForASourceThatHoldsNothingAtAll(boolean dryRun) throws Exception {
        s3.with("a", BYTES).with("b", BYTES);
        RepairOptions options = AS_LOCAL.withDryRun(dryRun);
        RepairedPath one = fixture.scrubber.repair("a", options);
        assertThat(one.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(one.reason()).contains("'local' holds nothing at all", "may not be mounted");
        pass(options);
        assertThat(repaired).hasSize(2).allMatch(path -> path.verdict() == Verdict.REFUSED);
        assertThat(atS3()).containsExactly("a", "b");
    }

    @Test
    void deletesNothingMoreWhenTheSourceHasBecomeEmpty() throws Exception {
        local.with("z", BYTES);
        s3.with("a", BYTES).with("b", BYTES).with("c", BYTES).with("z", BYTES);
        local.before(Call.STAT, () -> {
            if (!atS3().contains("a")) { // the first is done
                local.memory.delete(TargetPath.of("z"));
            }
        });
        pass(AS_LOCAL);
        assertThat(atS3()).containsExactly("b", "c", "z");
        assertThat(repaired)
                .extracting(RepairedPath::verdict)
                .startsWith(Verdict.REPAIRED, Verdict.REFUSED, Verdict.REFUSED);
    }

    @Test
    void deletesNothingIfTheSourceBecomesEmptyJustBefore() throws Exception {
        local.with("z", BYTES);
        s3.with("a", BYTES);
        int[] asked = {0};
        local.before(Call.STAT, () -> {
            if (++asked[0] == 2) { // when the delete is about to be sent
                local.memory.delete(TargetPath.of("z"));
            }
        });
        RepairedPath one = fixture.scrubber.repair("a", AS_LOCAL);
        assertThat(one.verdict()).isEqualTo(Verdict.WAITING);
        assertThat(one.reason()).contains("'local' holds nothing at all");
        assertThat(atS3()).containsExactly("a");
    }

    @Test
    void deletesNothingForASourceThatCannotBeListed() {
        local.with("z", BYTES).failingBefore(Call.LIST);
        s3.with("a", BYTES);
        assertThatThrownBy(() -> fixture.scrubber.repair("a", AS_LOCAL)).isInstanceOf(IOException.class);
        assertThat(pass(AS_LOCAL).end()).isEqualTo(End.FAILED);
        assertThat(atS3()).containsExactly("a");
    }

    @Test
    void deletesNothingForASourceThatDoesNotAnswer() throws Exception {
        local.with("z", BYTES).failingBefore(Call.STAT);
        s3.with("a", BYTES);
        assertThat(fixture.scrubber.repair("a", AS_LOCAL).verdict()).isEqualTo(Verdict.WAITING);
        pass(AS_LOCAL);
        assertThat(repaired).extracting(RepairedPath::verdict).contains(Verdict.WAITING);
        assertThat(atS3()).containsExactly("a");
    }
}
