package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SystemDeadlineTimerTests {

    @Test
    void ringsAlarmsThatWereSetBeforeItWasClosed() throws Exception {
        SystemDeadlineTimer timer = new SystemDeadlineTimer();
        CompletableFuture<String> alarm = new CompletableFuture<>();
        timer.schedule(Duration.ofMillis(100), () -> alarm.complete("rang"));
        timer.close();
        assertThat(EngineFixture.await(alarm)).isEqualTo("rang");
    }
}
