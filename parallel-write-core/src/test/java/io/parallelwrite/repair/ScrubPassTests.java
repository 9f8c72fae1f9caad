package io.parallelwrite.repair;

import static io.parallelwrite.repair.ScrubFixture.BYTES;
import static io.parallelwrite.repair.ScrubFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.repair.ScrubResult.End;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A pass through all objects: what it reports, tells its listeners and repairs. */
class ScrubPassTests {

    private final ScrubFixture fixture = new ScrubFixture();
    private final ScriptedCopies local = fixture.local;
    private final ScriptedCopies s3 = fixture.s3;

    @AfterEach
    void close() throws TimeoutException {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"QUICK, 1", "QUICK, 4", "QUICK, 64", "FULL, 1", "FULL, 4", "FULL, 64"})
    void reportsEveryPathThatIsNotEqualInOrder(VerifyDepth depth, int concurrency) {
        List<String> expected = fixture.fill(600);
        ScrubResult result = fixture.scrub(settings(depth, concurrency)).run();
        assertThat(fixture.found).isEqualTo(expected);
        assertThat(result.end()).isEqualTo(End.COMPLETE);
        assertThat(result.isClean()).isFalse();
        assertThat(result.counts().paths()).isEqualTo(600);
        assertThat(result.counts().unequalPaths()).isEqualTo(450);
        assertThat(result.counts().copies().get("local"))
                .isEqualTo(java.util.Map.of(CopySign.EQUAL, 300L, CopySign.MISSING, 150L, CopySign.DIFFERS, 150L));
        assertThat(local.openListings).hasValue(0);
        assertThat(s3.openListings).hasValue(0);
    }

    @Test
    void readsNothingAndAsksNobodyAboutWhatListingsShowToBeEqual() {
        for (int i = 0; i < 600; i++) {
            local.with("p" + i, BYTES);
            s3.with("p" + i, BYTES);
        }
        ScrubResult result = fixture.scrub(ScrubSettings.defaults()).run();
        assertThat(result.isClean()).isTrue();
        assertThat(result.counts().copies(CopySign.EQUAL)).isEqualTo(1200);
        assertThat(local.statCount).hasValue(0);
        assertThat(s3.readCount).hasValue(0);
    }

    @Test
    void seesBytesThatChangedInPlaceOnlyByReading() {
        local.keeping(null).with("p", BYTES);
        s3.keeping(null).with("p", ScriptedCopies.flipped(BYTES, 1));
        assertThat(fixture.scrub(ScrubSettings.defaults()).run().isClean()).isTrue();
        assertThat(fixture.scrub(settings(VerifyDepth.FULL, 4)).run().isClean()).isFalse();
        assertThat(fixture.found).containsExactly("** p");
    }

    @Test
    void goesThroughAPrefixOnly() {
        local.with("a/1", BYTES).with("b/1", BYTES).with("b/2", BYTES).with("c/1", BYTES);
        fixture.scrub(ScrubPosition.start("b/"), ScrubSettings.defaults()).run();
        assertThat(fixture.found).containsExactly("=- b/1", "=- b/2");
    }

    @Test
    void saysNothingIfATargetCannotBeListed() {
        fixture.fill(10);
        s3.failingBefore(Call.LIST);
        ScrubResult result = fixture.scrub(ScrubSettings.defaults()).run();
        assertThat(result.end()).isEqualTo(End.FAILED);
        assertThat(result.failures()).extracting(CopyAnswer::target).containsExactly("s3");
        assertThat(fixture.found).isEmpty();
        assertThat(result.position()).isEqualTo(ScrubPosition.start(""));
    }

    @Test
    void callsUnreadableWhatItsTargetDoesNotAnswerFor() {
        local.with("p", BYTES).with("q", BYTES);
        s3.with("p", BYTES);
        s3.failingBefore(Call.STAT);
        ScrubResult result = fixture.scrub(ScrubSettings.defaults()).run();
        assertThat(fixture.found).containsExactly("=! q");
        assertThat(result.end()).isEqualTo(End.COMPLETE);
        assertThat(result.isClean()).isFalse();
        assertThat(fixture.repairs.differences).isEmpty();
    }

    @Test
    void doesNotReportWhatIsBeingWrittenOrDeletedMeanwhile() throws Exception {
        local.with("deleted", BYTES).with("grown", BYTES).with("written", BYTES);
        s3.with("grown", ScriptedCopies.cut(BYTES, 1));
        Gate gate = new Gate();
        local.hangingAtEntry(3, gate);
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(
                () -> fixture.scrub(ScrubSettings.defaults()).run());
        gate.awaitArrival(); // 'local' has listed three objects as they were
        local.memory.delete(TargetPath.of("deleted"));
        s3.with("grown", BYTES).with("written", BYTES);
        gate.open();
        ScrubResult result = EngineFixture.await(scrubbing);
        assertThat(fixture.found).isEmpty();
        assertThat(result.isClean()).isTrue();
        assertThat(result.counts().paths()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingWhileAllPathsAreWrittenAgainAndAgain(VerifyDepth depth) throws Exception {
        List<String> paths = IntStream.range(0, 20).mapToObj("p%02d"::formatted).toList();
        for (String path : paths) {
            fixture.repairs.write(path, BYTES);
        }
        AtomicInteger rounds = new AtomicInteger();
        boolean[] end = {false};
        Future<Object> writing = fixture.repairs.asCaller(() -> {
            for (int i = 1; !end[0]; i++) {
                for (String path : paths) {
                    fixture.repairs.write(path, EngineFixture.bytes(1 + i % 50, i));
                }
                rounds.incrementAndGet();
            }
            return "";
        });
        EngineFixture.until(() -> rounds.get() > 0);
        for (int i = 0; i < 20; i++) {
            assertThat(fixture.scrub(settings(depth, 4)).run().end()).isEqualTo(End.COMPLETE);
        }
        end[0] = true;
        EngineFixture.await(writing);
        assertThat(fixture.found).isEmpty();
        assertThat(fixture.repairs.differences).isEmpty();
    }

    @Test
    void tellsOfADivergenceEachTimeAndWhenItHasEnded() throws Exception {
        local.with("p", BYTES);
        s3.with("q", BYTES);
        fixture.scrub(ScrubSettings.defaults()).run();
        fixture.scrub(settings(VerifyDepth.FULL, 4)).run();
        fixture.repairs.scrubber.verify("p", VerifyDepth.FULL);
        assertThat(fixture.repairs.differences)
                .extracting(Comparison.Different::path)
                .containsExactly("p", "q", "p", "q", "p");
        assertThat(fixture.repairs.differences.get(0).description())
                .contains("'local' holds 40 bytes")
                .contains("'s3' holds no copy");
        assertThat(fixture.repairs.agreements).isEmpty();
        s3.with("p", BYTES);
        s3.memory.delete(TargetPath.of("q"));
        fixture.repairs.scrubber.verify("p", VerifyDepth.QUICK);
        fixture.repairs.scrubber.verify("q", VerifyDepth.QUICK);
        fixture.scrub(ScrubSettings.defaults()).run();
        fixture.scrub(settings(VerifyDepth.FULL, 4)).run();
        assertThat(fixture.repairs.differences).hasSize(5);
        assertThat(fixture.repairs.agreements).extracting(Comparison::path).containsExactly("p", "q", "p", "p");
        assertThat(fixture.repairs.agreements.get(1)).isInstanceOf(Comparison.Absent.class);
    }

    @Test
    void saysHowMuchWasComparedOfWhatIsEqual() {
        local.keeping(null).with("p", BYTES);
        s3.keeping(null).with("p", BYTES);
        fixture.scrub(ScrubSettings.defaults()).run();
        fixture.scrub(settings(VerifyDepth.FULL, 4)).run();
        assertThat(fixture.repairs.agreements)
                .extracting(agreement -> ((Comparison.Equal) agreement).strength())
                .containsExactly(Strength.SIZE_ONLY, Strength.FULL_OBJECT);
    }

    @Test
    void repairsWhatItFindsAndReportsBoth() throws Exception {
        List<String> expected = fixture.fill(40);
        RepairOptions fill = RepairOptions.proven().withFillMissing(true);
        ScrubResult result = fixture.repairs
                .scrubber
                .repair(ScrubPosition.start(""), fill, ScrubSettings.defaults(), fixture)
                .run();
        assertThat(fixture.found).isEqualTo(expected);
        assertThat(fixture.repaired).hasSize(30);
        assertThat(result.counts().repairs(Verdict.REPAIRED)).isEqualTo(20);
        assertThat(result.counts().repairs(Verdict.REFUSED)).isEqualTo(10);
        assertThat(fixture.repairs.copied).hasSize(20);
        assertThat(fixture.repairs.differences).as("those that stay").hasSize(10);
        fixture.found.clear();
        fixture.scrub(ScrubSettings.defaults()).run();
        assertThat(fixture.found).hasSize(10).allMatch(found -> found.startsWith("**"));
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        fixture.fill(40);
        RepairOptions dry = RepairOptions.proven().withFillMissing(true).withDryRun(true);
        ScrubResult result = fixture.repairs
                .scrubber
                .repair(ScrubPosition.start(""), dry, ScrubSettings.defaults(), fixture)
                .run();
        assertThat(result.counts().repairs(Verdict.REPAIRED)).isEqualTo(20);
        assertThat(local.memory.paths()).hasSize(30);
        assertThat(s3.memory.paths()).hasSize(30);
        assertThat(fixture.repairs.copied).isEmpty();
    }
}
