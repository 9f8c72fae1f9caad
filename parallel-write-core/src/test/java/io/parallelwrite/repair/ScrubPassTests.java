package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** A pass through all objects: what it reports, where it stops, and how it goes on. */
class ScrubPassTests {

    private static final byte[] BYTES = EngineFixture.bytes(40, 95);

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final RepairFixture fixture = RepairFixture.of(local, s3);
    private final Reports reports = new Reports();

    /** What a pass reported, in order. */
    private static class Reports implements ScrubListener {

        final List<String> found = new CopyOnWriteArrayList<>();
        final List<RepairedPath> repaired = new CopyOnWriteArrayList<>();

        @Override
        public void found(VerifiedPath path) {
            found.add(path.signs() + " " + path.path());
        }

        @Override
        public void repaired(RepairedPath path) {
            repaired.add(path);
        }
    }

    @AfterEach
    void close() throws TimeoutException {
        fixture.close();
    }

    /** Of every four paths one is equal, and the others differ each in its own way. */
    private List<String> fill(int count) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = "p%04d".formatted(i);
            switch (i % 4) {
                case 0 -> local.with(path, BYTES);
                case 1 -> {
                    local.with(path, BYTES);
                    s3.with(path, BYTES);
                }
                case 2 -> s3.with(path, BYTES);
                default -> {
                    local.with(path, BYTES);
                    s3.with(path, ScriptedCopies.flipped(BYTES, 3));
                }
            }
            if (i % 4 != 1) {
                expected.add(List.of("=-", "", "-=", "**").get(i % 4) + " " + path);
            }
        }
        return expected;
    }

    private static ScrubSettings settings(VerifyDepth depth, int concurrency) {
        return ScrubSettings.defaults().withDepth(depth).withConcurrency(concurrency);
    }

    private ScrubPass scrub(ScrubPosition from, ScrubSettings settings) {
        return fixture.scrubber.scrub(from, settings, reports);
    }

    private ScrubPass scrub(ScrubSettings settings) {
        return scrub(ScrubPosition.start(""), settings);
    }

    @ParameterizedTest
    @CsvSource({"QUICK, 1", "QUICK, 4", "QUICK, 64", "FULL, 1", "FULL, 4", "FULL, 64"})
    void reportsEveryPathThatIsNotEqualInOrder(VerifyDepth depth, int concurrency) {
        List<String> expected = fill(600);
        ScrubResult result = scrub(settings(depth, concurrency)).run();
        assertThat(reports.found).isEqualTo(expected);
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
        ScrubResult result = scrub(ScrubSettings.defaults()).run();
        assertThat(result.isClean()).isTrue();
        assertThat(result.counts().copies(CopySign.EQUAL)).isEqualTo(1200);
        assertThat(local.statCount).hasValue(0);
        assertThat(s3.readCount).hasValue(0);
    }

    @Test
    void seesBytesThatChangedInPlaceOnlyByReading() {
        local.keeping(null).with("p", BYTES);
        s3.keeping(null).with("p", ScriptedCopies.flipped(BYTES, 1));
        assertThat(scrub(ScrubSettings.defaults()).run().isClean()).isTrue();
        assertThat(scrub(settings(VerifyDepth.FULL, 4)).run().isClean()).isFalse();
        assertThat(reports.found).containsExactly("** p");
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromEveryPosition(VerifyDepth depth) {
        List<String> expected = fill(24);
        ScrubResult whole = scrub(settings(depth, 4)).run();
        for (int stopAt = 1; stopAt <= expected.size(); stopAt++) {
            reports.found.clear();
            int most = stopAt;
            ScrubPass[] first = new ScrubPass[1];
            first[0] = fixture.scrubber.scrub(ScrubPosition.start(""), settings(depth, 1), new ScrubListener() {
                @Override
                public void found(VerifiedPath path) {
                    reports.found(path);
                    if (reports.found.size() == most) {
                        first[0].stop();
                    }
                }
            });
            ScrubResult stopped = first[0].run();
            ScrubPosition read = ScrubPosition.parse(stopped.position().toText());
            assertThat(read).isEqualTo(stopped.position());
            ScrubResult rest = scrub(read, settings(depth, 4)).run();
            assertThat(reports.found).isEqualTo(expected);
            assertThat(rest.end()).isEqualTo(End.COMPLETE);
            assertThat(rest.counts()).isEqualTo(whole.counts());
        }
    }

    @Test
    void goesThroughAPrefixOnly() {
        local.with("a/1", BYTES).with("b/1", BYTES).with("b/2", BYTES).with("c/1", BYTES);
        scrub(ScrubPosition.start("b/"), ScrubSettings.defaults()).run();
        assertThat(reports.found).containsExactly("=- b/1", "=- b/2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 299, 599})
    void endsWhereAListingFailsAndCallsNothingMissing(int failAt) {
        for (int i = 0; i < 600; i++) {
            String path = "p%04d".formatted(i);
            local.with(path, BYTES);
            s3.with(path, BYTES);
        }
        boolean[] away = {true};
        s3.atEntry(failAt, () -> {
            if (away[0]) {
                throw new IOException("scripted");
            }
        });
        ScrubResult result = scrub(ScrubSettings.defaults()).run();
        assertThat(result.end()).isEqualTo(End.FAILED);
        assertThat(result.isClean()).isFalse();
        assertThat(result.failures()).extracting(CopyAnswer::target).containsExactly("s3");
        assertThat(reports.found).isEmpty();
        away[0] = false;
        ScrubResult rest = scrub(result.position(), ScrubSettings.defaults()).run();
        assertThat(rest.isClean()).isTrue();
        assertThat(rest.counts().paths()).isEqualTo(600);
    }

    @Test
    void saysNothingIfATargetCannotBeListed() {
        fill(10);
        s3.failingBefore(Call.LIST);
        ScrubResult result = scrub(ScrubSettings.defaults()).run();
        assertThat(result.end()).isEqualTo(End.FAILED);
        assertThat(result.failures()).extracting(CopyAnswer::target).containsExactly("s3");
        assertThat(reports.found).isEmpty();
        assertThat(result.position()).isEqualTo(ScrubPosition.start(""));
    }

    @Test
    void callsUnreadableWhatItsTargetDoesNotAnswerFor() {
        local.with("p", BYTES).with("q", BYTES);
        s3.with("p", BYTES);
        s3.failingBefore(Call.STAT);
        ScrubResult result = scrub(ScrubSettings.defaults()).run();
        assertThat(reports.found).containsExactly("=! q");
        assertThat(result.end()).isEqualTo(End.COMPLETE);
        assertThat(result.isClean()).isFalse();
        assertThat(fixture.differences).isEmpty();
    }

    @Test
    void doesNotReportWhatIsBeingWrittenOrDeletedMeanwhile() throws Exception {
        local.with("deleted", BYTES).with("grown", BYTES).with("written", BYTES);
        s3.with("grown", ScriptedCopies.cut(BYTES, 1));
        Gate gate = new Gate();
        local.hangingAtEntry(3, gate);
        Future<ScrubResult> scrubbing =
                fixture.asCaller(() -> scrub(ScrubSettings.defaults()).run());
        gate.awaitArrival(); // 'local' has listed three objects as they were
        local.memory.delete(TargetPath.of("deleted"));
        s3.with("grown", BYTES).with("written", BYTES);
        gate.open();
        ScrubResult result = EngineFixture.await(scrubbing);
        assertThat(reports.found).isEmpty();
        assertThat(result.isClean()).isTrue();
        assertThat(result.counts().paths()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingWhileAllPathsAreWrittenAgainAndAgain(VerifyDepth depth) throws Exception {
        List<String> paths = IntStream.range(0, 20).mapToObj("p%02d"::formatted).toList();
        for (String path : paths) {
            fixture.write(path, BYTES);
        }
        AtomicInteger rounds = new AtomicInteger();
        boolean[] end = {false};
        Future<Object> writing = fixture.asCaller(() -> {
            for (int i = 1; !end[0]; i++) {
                for (String path : paths) {
                    fixture.write(path, EngineFixture.bytes(1 + i % 50, i));
                }
                rounds.incrementAndGet();
            }
            return "";
        });
        EngineFixture.until(() -> rounds.get() > 0);
        for (int i = 0; i < 20; i++) {
            assertThat(scrub(settings(depth, 4)).run().end()).isEqualTo(End.COMPLETE);
        }
        end[0] = true;
        EngineFixture.await(writing);
        assertThat(reports.found).isEmpty();
        assertThat(fixture.differences).isEmpty();
    }

    @Test
    void looksAtSoManyPathsAtOnceAndReportsInOrder() throws Exception {
        for (int i = 0; i < 30; i++) {
            local.with("p%02d".formatted(i), BYTES);
        }
        Gate gate = new Gate();
        s3.hangingBefore(Call.STAT, gate);
        Future<ScrubResult> scrubbing =
                fixture.asCaller(() -> scrub(settings(VerifyDepth.QUICK, 3)).run());
        EngineFixture.until(() -> s3.statCount.get() == 3);
        gate.open();
        EngineFixture.await(scrubbing);
        assertThat(s3.statCount).hasValue(30);
        assertThat(reports.found).hasSize(30).isSorted();
    }

    @Test
    void pausesAndGoesOn() throws Exception {
        List<String> expected = fill(400);
        ScrubPass[] pass = new ScrubPass[1];
        pass[0] = fixture.scrubber.scrub(ScrubPosition.start(""), settings(VerifyDepth.QUICK, 2), new ScrubListener() {
            @Override
            public void found(VerifiedPath path) {
                reports.found(path);
                if (reports.found.size() == 5) {
                    pass[0].pause();
                }
            }
        });
        Future<ScrubResult> scrubbing = fixture.asCaller(pass[0]::run);
        EngineFixture.until(() -> pass[0].isPaused());
        int most = 5 + 2 * 16; // what had been begun
        assertThat(reports.found.size()).isBetween(5, most);
        assertThat(scrubbing.isDone()).isFalse();
        pass[0].unpause();
        assertThat(EngineFixture.await(scrubbing).end()).isEqualTo(End.COMPLETE);
        assertThat(reports.found).isEqualTo(expected);
    }

    @Test
    void stopsDuringAPause() throws Exception {
        fill(40);
        ScrubPass pass = scrub(ScrubSettings.defaults());
        pass.pause();
        Future<ScrubResult> scrubbing = fixture.asCaller(pass::run);
        pass.stop();
        ScrubResult result = EngineFixture.await(scrubbing);
        assertThat(result.end()).isEqualTo(End.STOPPED);
        assertThat(result.counts().paths()).isZero();
    }

    @Test
    void leavesWhatWaitsForAThreadWhenItIsStopped() throws Exception {
        List<String> expected = fill(12); // fewer than may be begun: the listing has come to its end
        Gate gate = new Gate();
        s3.hangingBefore(Call.STAT, gate);
        ScrubPass pass = scrub(settings(VerifyDepth.QUICK, 1));
        Future<ScrubResult> scrubbing = fixture.asCaller(pass::run);
        gate.awaitArrival();
        pass.stop();
        gate.open();
        ScrubResult stopped = EngineFixture.await(scrubbing);
        assertThat(stopped.end()).isEqualTo(End.STOPPED);
        assertThat(stopped.counts().unequalPaths()).isEqualTo(1);
        assertThat(s3.statCount).hasValue(1);
        assertThat(scrub(stopped.position(), ScrubSettings.defaults()).run().end())
                .isEqualTo(End.COMPLETE);
        assertThat(reports.found).isEqualTo(expected);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        fill(40);
        Future<ScrubResult> scrubbing = fixture.asCaller(() -> {
            Thread.currentThread().interrupt();
            ScrubResult result = scrub(ScrubSettings.defaults()).run();
            assertThat(Thread.interrupted()).isTrue();
            return result;
        });
        assertThat(EngineFixture.await(scrubbing).end()).isEqualTo(End.STOPPED);
    }

    @Test
    void beginsSoManyPathsInASecond() throws Exception {
        for (int i = 0; i < 4; i++) {
            local.with("p" + i, BYTES);
        }
        ScrubSettings slow = ScrubSettings.defaults().withObjectsPerSecond(2.0);
        assertPaced(scrub(slow), Duration.ofMillis(500));
    }

    @Test
    void readsSoManyBytesInASecond() throws Exception {
        for (int i = 0; i < 4; i++) {
            local.with("p" + i, BYTES);
        }
        ScrubSettings slow = settings(VerifyDepth.FULL, 4).withBytesPerSecond(DataSize.ofBytes(BYTES.length / 4));
        assertPaced(scrub(slow), Duration.ofSeconds(4));
    }

    /** Expects four paths, one each time. */
    private void assertPaced(ScrubPass pass, Duration each) throws Exception {
        Future<ScrubResult> scrubbing = fixture.asCaller(pass::run);
        for (int i = 0; i < 3; i++) {
            int begun = i + 1;
            EngineFixture.until(() -> local.statCount.get() == begun && fixture.timer.alarmCount() == 1);
            fixture.timer.advance(each.minusMillis(1));
            EngineFixture.until(() -> fixture.timer.alarmCount() == 1);
            assertThat(local.statCount).hasValue(begun);
            fixture.timer.advance(Duration.ofMillis(1));
        }
        EngineFixture.until(() -> local.statCount.get() == 4);
        fixture.timer.advance(each);
        assertThat(EngineFixture.await(scrubbing).counts().paths()).isEqualTo(4);
    }

    @Test
    void tellsOfADivergenceEachTimeAndWhenItHasEnded() throws Exception {
        local.with("p", BYTES);
        s3.with("q", BYTES);
        scrub(ScrubSettings.defaults()).run();
        scrub(settings(VerifyDepth.FULL, 4)).run();
        fixture.scrubber.verify("p", VerifyDepth.FULL);
        assertThat(fixture.differences).extracting(Comparison.Different::path).containsExactly("p", "q", "p", "q", "p");
        assertThat(fixture.differences.get(0).description())
                .contains("'local' holds 40 bytes")
                .contains("'s3' holds no copy");
        assertThat(fixture.agreements).isEmpty();
        s3.with("p", BYTES);
        s3.memory.delete(TargetPath.of("q"));
        fixture.scrubber.verify("p", VerifyDepth.QUICK);
        fixture.scrubber.verify("q", VerifyDepth.QUICK);
        scrub(ScrubSettings.defaults()).run();
        scrub(settings(VerifyDepth.FULL, 4)).run();
        assertThat(fixture.differences).hasSize(5);
        assertThat(fixture.agreements).extracting(Comparison::path).containsExactly("p", "q", "p", "p");
        assertThat(fixture.agreements.get(1)).isInstanceOf(Comparison.Absent.class);
    }

    @Test
    void saysHowMuchWasComparedOfWhatIsEqual() {
        local.keeping(null).with("p", BYTES);
        s3.keeping(null).with("p", BYTES);
        scrub(ScrubSettings.defaults()).run();
        scrub(settings(VerifyDepth.FULL, 4)).run();
        assertThat(fixture.agreements)
                .extracting(agreement -> ((Comparison.Equal) agreement).strength())
                .containsExactly(Strength.SIZE_ONLY, Strength.FULL_OBJECT);
    }

    @Test
    void repairsWhatItFindsAndReportsBoth() throws Exception {
        List<String> expected = fill(40);
        RepairOptions fill = RepairOptions.proven().withFillMissing(true);
        ScrubResult result = fixture.scrubber
                .repair(ScrubPosition.start(""), fill, ScrubSettings.defaults(), reports)
                .run();
        assertThat(reports.found).isEqualTo(expected);
        assertThat(reports.repaired).hasSize(30);
        assertThat(result.counts().repairs(Verdict.REPAIRED)).isEqualTo(20);
        assertThat(result.counts().repairs(Verdict.REFUSED)).isEqualTo(10);
        assertThat(fixture.copied).hasSize(20);
        assertThat(fixture.differences).as("those that stay").hasSize(10);
        reports.found.clear();
        scrub(ScrubSettings.defaults()).run();
        assertThat(reports.found).hasSize(10).allMatch(found -> found.startsWith("**"));
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        fill(40);
        RepairOptions dry = RepairOptions.proven().withFillMissing(true).withDryRun(true);
        ScrubResult result = fixture.scrubber
                .repair(ScrubPosition.start(""), dry, ScrubSettings.defaults(), reports)
                .run();
        assertThat(result.counts().repairs(Verdict.REPAIRED)).isEqualTo(20);
        assertThat(local.memory.paths()).hasSize(30);
        assertThat(s3.memory.paths()).hasSize(30);
        assertThat(fixture.copied).isEmpty();
    }

    @Test
    void endsWithWhatItsListenerThrowsAndCountsThatPathAsNotHandled() {
        fill(8);
        ScrubPass pass = fixture.scrubber.scrub("", new ScrubListener() {
            @Override
            public void found(VerifiedPath path) {
                if (path.path().equals("p0002")) {
                    throw new IllegalStateException("listener");
                }
            }
        });
        assertThatThrownBy(pass::run).hasMessage("listener");
        assertThat(pass.position().after()).isEqualTo(TargetPath.of("p0001"));
        assertThat(local.openListings).hasValue(0);
    }

    @Test
    void isRunOnce() {
        ScrubPass pass = scrub(ScrubSettings.defaults());
        pass.run();
        assertThatThrownBy(pass::run).isInstanceOf(IllegalStateException.class);
    }
}
