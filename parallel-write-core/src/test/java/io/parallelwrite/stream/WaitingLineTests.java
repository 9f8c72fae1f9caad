package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingLineTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 10_000;

    private final ManualTimer timer = new ManualTimer();
    private final WaitingLine line = new WaitingLine(timer, PATIENCE);

    private CompletableFuture<Void> join() {
        return line.join("too late");
    }

    private static void giveUp(CompletableFuture<Void> turn) {
        turn.completeExceptionally(new IOException("gave up"));
    }

    @Test
    void admitsThoseWhoStillWaitInTheOrderTheyCame() {
        Random random = new Random(7);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        List<CompletableFuture<Void>> joined = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            joined.add(join());
            waiting.add(joined.get(i));
            if (random.nextBoolean()) {
                CompletableFuture<Void> gone = joined.get(random.nextInt(joined.size()));
                giveUp(gone);
                waiting.remove(gone);
            }
        }
        for (CompletableFuture<Void> next : waiting) {
            assertThat(next).isNotDone();
            assertThat(line.admitNext()).isTrue();
            assertThat(next).isCompleted();
        }
        assertThat(line.admitNext()).isFalse();
    }

    @Test
    void doesNotKeepThoseWhoGaveUpBehindOneWhoWaits() {
        CompletableFuture<Void> first = join();
        for (int i = 0; i < MANY; i++) {
            giveUp(join());
            assertThat(line.length()).isLessThanOrEqualTo(64);
        }
        assertThat(line.admitNext()).isTrue();
        assertThat(first).isCompleted();
        assertThat(line.admitNext()).isFalse();
        assertThat(timer.alarmCount()).isZero();
    }

    @Test
    void keepsFewMoreThanWaitAlsoAfterACrowd() {
        List<CompletableFuture<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            crowd.add(join());
        }
        crowd.forEach(WaitingLineTests::giveUp);
        for (int i = 0; i < 2 * MANY; i++) {
            giveUp(join());
        }
        assertThat(line.length()).isLessThanOrEqualTo(64);
    }

    @Test
    void turnsAwayWhoWaitedTooLongAndNoneWhoCameLater() {
        CompletableFuture<Void> first = join();
        timer.advance(PATIENCE.dividedBy(2));
        CompletableFuture<Void> second = join();
        timer.advance(PATIENCE.dividedBy(2));
        assertThatThrownBy(first::join).hasMessageContaining("too late");
        assertThat(second).isNotDone();
        assertThat(line.admitNext()).isTrue();
        assertThat(second).isCompleted();
    }
}
