package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.stream.EngineFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** How many entries a {@link BackgroundRepairer} repairs at once, and how fast. */
class ConcurrentRepairTests {

    private static final byte[] BYTES = EngineFixture.bytes(100, 82);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RepairSettings SETTINGS = RepairSettings.defaults().withDelays(SECOND, Duration.ofMinutes(1));

    private final ScriptedCopies local = new ScriptedCopies("local");
    private final ScriptedCopies s3 = new ScriptedCopies("s3");
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private RepairFixture fixture = fixture(SETTINGS);
    private BackgroundRepairer background = new BackgroundRepairer(fixture.repairer, new Random(3));

    private RepairFixture fixture(RepairSettings settings) {
        return RepairFixture.of(new MemoryJournal(), RepairFixture.NOW, settings, local, s3);
    }

    private void with(RepairSettings settings) throws TimeoutException {
        fixture.close();
        fixture = fixture(settings);
        background = new BackgroundRepairer(fixture.repairer, new Random(3));
    }

    @AfterEach
    void stop() throws TimeoutException {
        s3.openGates();
        assertThat(background.stop(LONG)).isTrue();
        fixture.close();
    }

    private void missed(String path) throws IOException {
        local.with(path, BYTES);
        fixture.left(path, path, BYTES, List.of(State.COMMITTED, State.MISSED));
    }

    /** Has each look at s3 count itself, and wait at a gate. */
    private void countAt(Gate gate) {
        s3.before(Call.STAT, () -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            gate.pass();
            atOnce.decrementAndGet();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void repairsSoManyEntriesAtOnce(int concurrency) throws Exception {
        with(SETTINGS.withConcurrency(concurrency));
        for (int i = 0; i < 20; i++) {
            missed("p" + i);
        }
        Gate gate = new Gate();
        countAt(gate);
        background.start();
        EngineFixture.until(() -> atOnce.get() == concurrency);
        assertThat(background.awaitRecovery(Duration.ZERO)).isFalse();
        gate.open();
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(fixture.ids()).isEmpty();
        assertThat(mostAtOnce).hasValue(concurrency);
    }

    @Test
    void goesOnWithOthersWhileOneHangs() throws Exception {
        Gate hanging = new Gate();
        AtomicInteger looks = new AtomicInteger();
        s3.before(Call.STAT, () -> {
            if (looks.getAndIncrement() == 0) {
                hanging.pass();
            }
        });
        missed("slow");
        background.start();
        hanging.awaitArrival();
        for (int i = 0; i < 20; i++) {
            missed("p" + i);
        }
        background.wake();
        EngineFixture.until(() -> fixture.ids().equals(List.of("slow")));
        assertThat(background.awaitRecovery(Duration.ZERO))
                .as("has come to what was there at the start")
                .isFalse();
        hanging.open();
        assertThat(background.awaitRecovery(LONG)).isTrue();
    }

    @Test
    void neverRepairsTwoEntriesOfOnePathAtOnceAndComesToTheSecondAfterTheFirst() throws Exception {
        Gate gate = new Gate();
        countAt(gate);
        missed("p");
        background.start();
        gate.awaitArrival();
        fixture.left("later", "p", BYTES, List.of(State.COMMITTED, State.MISSED));
        missed("q");
        background.wake();
        EngineFixture.until(() -> atOnce.get() == 2); // q, which comes after p
        gate.open();
        EngineFixture.until(() -> fixture.ids().isEmpty());
        assertThat(mostAtOnce).hasValue(2);
    }

    @Test
    void stopsAfterTheEntriesItIsAt() throws Exception {
        with(SETTINGS.withConcurrency(2));
        Gate gate = new Gate();
        countAt(gate);
        for (String path : List.of("p", "q", "r")) {
            missed(path);
        }
        background.start();
        EngineFixture.until(() -> atOnce.get() == 2);
        assertThat(background.stop(Duration.ZERO)).isFalse();
        assertThat(background.isRunning()).isTrue();
        gate.open();
        assertThat(background.stop(LONG)).isTrue();
        assertThat(fixture.ids()).containsExactly("r");
    }

    @Test
    void beginsNothingWhilePausedAndTakesWhatEnds() throws Exception {
        with(SETTINGS.withConcurrency(2));
        Gate gate = new Gate();
        countAt(gate);
        for (String path : List.of("p", "q", "r")) {
            missed(path);
        }
        background.start();
        EngineFixture.until(() -> atOnce.get() == 2);
        background.pause();
        gate.open();
        EngineFixture.until(() -> fixture.journal().size() == 1);
        background.unpause();
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(fixture.ids()).isEmpty();
    }

    @Test
    void leavesNoThreadBehindAndEndsNoneInTheMiddle() throws Exception {
        Map<String, Boolean> daemons = new ConcurrentHashMap<>();
        fixture.repairer.addListener(new RepairListener() {
            @Override
            public void repaired(RepairOutcome.Settled repaired) {
                Thread thread = Thread.currentThread();
                daemons.put(thread.getName(), thread.isDaemon() && !thread.isInterrupted());
            }
        });
        missed("p");
        background.start();
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(background.stop(LONG)).isTrue();
        assertThat(daemons).containsExactly(Map.entry("parallel-write-repair-1", true));
    }

    @Test
    void copiesSoManyBytesInASecondAlsoInRecovery() throws Exception {
        with(SETTINGS.withBytesPerSecond(DataSize.ofBytes(BYTES.length / 4)));
        for (int i = 0; i < 4; i++) {
            missed("p" + i);
        }
        background.start();
        for (int done = 1; done < 4; done++) {
            int left = 4 - done;
            awaitWaitingWith(left);
            fixture.timer.advance(Duration.ofMillis(3_999));
            awaitWaitingWith(left);
            fixture.timer.advance(Duration.ofMillis(1));
        }
        assertThat(background.awaitRecovery(LONG)).isTrue();
        assertThat(fixture.ids()).isEmpty();
    }

    /** Waits until so many entries are left, and the next is waited for with an alarm. */
    private void awaitWaitingWith(int left) throws TimeoutException {
        EngineFixture.until(
                () -> fixture.timer.alarmCount() == 1 && fixture.journal().size() == left);
        assertThat(fixture.journal().size()).isEqualTo(left);
    }

    @Test
    void countsNoBytesForWhatCouldNotBeCopied() throws Exception {
        with(SETTINGS.withBytesPerSecond(DataSize.ofBytes(1)));
        for (int i = 0; i < 20; i++) {
            missed("p" + i);
        }
        s3.failingBefore(Call.STAT);
        background.start();
        assertThat(background.awaitRecovery(LONG)).isTrue(); // time stands still
        assertThat(s3.statCount).hasValue(20);
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatThrownBy(() -> SETTINGS.withConcurrency(0)).hasMessageContaining("concurrency [0]");
        assertThatThrownBy(() -> SETTINGS.withConcurrency(257)).hasMessageContaining("concurrency [257]");
        assertThatThrownBy(() -> SETTINGS.withBytesPerSecond(DataSize.ofBytes(0)))
                .hasMessageContaining("bytes-per-second [0B]");
    }
}
