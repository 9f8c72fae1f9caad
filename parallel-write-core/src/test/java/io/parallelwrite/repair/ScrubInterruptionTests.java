package io.parallelwrite.repair;

import static io.parallelwrite.repair.ScrubFixture.BYTES;
import static io.parallelwrite.repair.ScrubFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.repair.ScrubResult.End;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pass that is paused, stopped or fails before its end: where it stands, and how another goes on from there. */
class ScrubInterruptionTests {

    private final ScrubFixture fixture = new ScrubFixture();
    private final ScriptedCopies local = fixture.local;
    private final ScriptedCopies s3 = fixture.s3;

    @AfterEach
    void close() throws TimeoutException {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromEveryPosition(VerifyDepth depth) {
        List<String> expected = fixture.fill(24);
        ScrubResult whole = fixture.scrub(settings(depth, 4)).run();
        for (int stopAt = 1; stopAt <= expected.size(); stopAt++) {
            fixture.found.clear();
            int most = stopAt;
            ScrubPass[] first = new ScrubPass[1];
            first[0] = fixture.repairs.scrubber.scrub(ScrubPosition.start(""), settings(depth, 1), new ScrubListener() {
                @Override
                public void found(VerifiedPath path) {
                    fixture.found(path);
                    if (fixture.found.size() == most) {
                        first[0].stop();
                    }
                }
            });
            ScrubResult stopped = first[0].run();
            ScrubPosition read = ScrubPosition.parse(stopped.position().toText());
            assertThat(read).isEqualTo(stopped.position());
            ScrubResult rest = fixture.scrub(read, settings(depth, 4)).run();
            assertThat(fixture.found).isEqualTo(expected);
            assertThat(rest.end()).isEqualTo(End.COMPLETE);
            assertThat(rest.counts()).isEqualTo(whole.counts());
        }
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
        ScrubResult result = fixture.scrub(ScrubSettings.defaults()).run();
        assertThat(result.end()).isEqualTo(End.FAILED);
        assertThat(result.isClean()).isFalse();
        assertThat(result.failures()).extracting(CopyAnswer::target).containsExactly("s3");
        assertThat(fixture.found).isEmpty();
        away[0] = false;
        ScrubResult rest =
                fixture.scrub(result.position(), ScrubSettings.defaults()).run();
        assertThat(rest.isClean()).isTrue();
        assertThat(rest.counts().paths()).isEqualTo(600);
    }

    @Test
    void pausesAndGoesOn() throws Exception {
        List<String> expected = fixture.fill(400);
        ScrubPass[] pass = new ScrubPass[1];
        pass[0] = fixture.repairs.scrubber.scrub(
                ScrubPosition.start(""), settings(VerifyDepth.QUICK, 2), new ScrubListener() {
                    @Override
                    public void found(VerifiedPath path) {
                        fixture.found(path);
                        if (fixture.found.size() == 5) {
                            pass[0].pause();
                        }
                    }
                });
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(pass[0]::run);
        EngineFixture.until(() -> pass[0].isPaused());
        int most = 5 + 2 * 16; // what had been begun
        assertThat(fixture.found.size()).isBetween(5, most);
        assertThat(scrubbing.isDone()).isFalse();
        pass[0].unpause();
        assertThat(EngineFixture.await(scrubbing).end()).isEqualTo(End.COMPLETE);
        assertThat(fixture.found).isEqualTo(expected);
    }

    @Test
    void stopsDuringAPause() throws Exception {
        fixture.fill(40);
        ScrubPass pass = fixture.scrub(ScrubSettings.defaults());
        pass.pause();
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(pass::run);
        pass.stop();
        ScrubResult result = EngineFixture.await(scrubbing);
        assertThat(result.end()).isEqualTo(End.STOPPED);
        assertThat(result.counts().paths()).isZero();
    }

    @Test
    void leavesWhatWaitsForAThreadWhenItIsStopped() throws Exception {
        List<String> expected = fixture.fill(12); // fewer than may be begun: the listing has come to its end
        Gate gate = new Gate();
        s3.hangingBefore(Call.STAT, gate);
        ScrubPass pass = fixture.scrub(settings(VerifyDepth.QUICK, 1));
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(pass::run);
        gate.awaitArrival();
        pass.stop();
        gate.open();
        ScrubResult stopped = EngineFixture.await(scrubbing);
        assertThat(stopped.end()).isEqualTo(End.STOPPED);
        assertThat(stopped.counts().unequalPaths()).isEqualTo(1);
        assertThat(s3.statCount).hasValue(1);
        assertThat(fixture.scrub(stopped.position(), ScrubSettings.defaults())
                        .run()
                        .end())
                .isEqualTo(End.COMPLETE);
        assertThat(fixture.found).isEqualTo(expected);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        fixture.fill(40);
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(() -> {
            Thread.currentThread().interrupt();
            ScrubResult result = fixture.scrub(ScrubSettings.defaults()).run();
            assertThat(Thread.interrupted()).isTrue();
            return result;
        });
        assertThat(EngineFixture.await(scrubbing).end()).isEqualTo(End.STOPPED);
    }

    @Test
    void endsWithWhatItsListenerThrowsAndCountsThatPathAsNotHandled() {
        fixture.fill(8);
        ScrubPass pass = fixture.repairs.scrubber.scrub("", new ScrubListener() {
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
        ScrubPass pass = fixture.scrub(ScrubSettings.defaults());
        pass.run();
        assertThatThrownBy(pass::run).isInstanceOf(IllegalStateException.class);
    }
}
