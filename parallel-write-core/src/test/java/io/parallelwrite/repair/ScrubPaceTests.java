package io.parallelwrite.repair;

import static io.parallelwrite.repair.ScrubFixture.BYTES;
import static io.parallelwrite.repair.ScrubFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.stream.EngineFixture;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** How many paths a pass looks at at once, and how fast. */
class ScrubPaceTests {

    private final ScrubFixture fixture = new ScrubFixture();
    private final ScriptedCopies local = fixture.local;
    private final ScriptedCopies s3 = fixture.s3;

    @AfterEach
    void close() throws TimeoutException {
        fixture.close();
    }

    @Test
    void looksAtSoManyPathsAtOnceAndReportsInOrder() throws Exception {
        for (int i = 0; i < 30; i++) {
            local.with("p%02d".formatted(i), BYTES);
        }
        Gate gate = new Gate();
        s3.hangingBefore(Call.STAT, gate);
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(
                () -> fixture.scrub(settings(VerifyDepth.QUICK, 3)).run());
        EngineFixture.until(() -> s3.statCount.get() == 3);
        gate.open();
        EngineFixture.await(scrubbing);
        assertThat(s3.statCount).hasValue(30);
        assertThat(fixture.found).hasSize(30).isSorted();
    }

    @Test
    void beginsSoManyPathsInASecond() throws Exception {
        for (int i = 0; i < 4; i++) {
            local.with("p" + i, BYTES);
        }
        ScrubSettings slow = ScrubSettings.defaults().withObjectsPerSecond(2.0);
        assertPaced(fixture.scrub(slow), Duration.ofMillis(500));
    }

    @Test
    void readsSoManyBytesInASecond() throws Exception {
        for (int i = 0; i < 4; i++) {
            local.with("p" + i, BYTES);
        }
        ScrubSettings slow = settings(VerifyDepth.FULL, 4).withBytesPerSecond(DataSize.ofBytes(BYTES.length / 4));
        assertPaced(fixture.scrub(slow), Duration.ofSeconds(4));
    }

    /** Expects four paths, one each time. */
    private void assertPaced(ScrubPass pass, Duration each) throws Exception {
        Future<ScrubResult> scrubbing = fixture.repairs.asCaller(pass::run);
        for (int i = 0; i < 3; i++) {
            int begun = i + 1;
            // one alarm alone may be that of a call, and time must not pass before the pass waits
            EngineFixture.until(() -> local.statCount.get() == begun && fixture.repairs.timer.hasOnlyAlarmIn(each));
            fixture.repairs.timer.advance(each.minusMillis(1));
            EngineFixture.until(() -> fixture.repairs.timer.hasOnlyAlarmIn(Duration.ofMillis(1)));
            assertThat(local.statCount).hasValue(begun);
            fixture.repairs.timer.advance(Duration.ofMillis(1));
        }
        EngineFixture.until(() -> local.statCount.get() == 4);
        fixture.repairs.timer.advance(each);
        assertThat(EngineFixture.await(scrubbing).counts().paths()).isEqualTo(4);
    }
}
