package io.parallelwrite.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.stream.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GivenUpRequestsTests {

    private static final Duration LATENESS = Duration.ofMinutes(15);

    private final ManualTimer timer = new ManualTimer();
    private final GivenUpRequests requests = new GivenUpRequests(timer, LATENESS);

    @Test
    void keepsInMindOnlyWhatMayStillArrive() {
        for (int i = 0; i < 1_000; i++) {
            timer.advance(Duration.ofMinutes(1));
            requests.note(JournalEntries.write("on one path " + i, "a"));
            requests.note(JournalEntries.write("on its own " + i, "path-" + i));
        }
        assertThat(requests.size()).isLessThan(300);
        assertThat(requests.mayUndo(JournalEntries.write("another", "a")))
                .contains("on one path 999")
                .doesNotContain("on one path 0");
        timer.advance(LATENESS);
        assertThat(requests.mayUndo(JournalEntries.write("another", "a"))).isEmpty();
    }
}
