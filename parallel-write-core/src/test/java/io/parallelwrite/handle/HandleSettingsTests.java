package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are taken, and what is said about the others. */
class HandleSettingsTests {

    @Test
    void callsAllAtOnceByDefault() {
        assertThat(HandleSettings.defaults().workersFor(7)).isEqualTo(7);
    }

    @Test
    void hasNoMoreWorkersThanHandles() {
        assertThat(HandleSettings.defaults().withMaxWorkers(5).workersFor(3)).isEqualTo(3);
        assertThat(HandleSettings.defaults().withMaxWorkers(2).workersFor(3)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesFewerThanOneWorker(int workers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandleSettings.defaults().withMaxWorkers(workers))
                .withMessage("The number of workers [" + workers
                        + "] must be at least 1, or be left out for one per handle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P366D"})
    void refusesADeadlineThatIsNone(Duration deadline) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandleSettings.defaults().withDeadline(deadline))
                .withMessageStartingWith("The deadline [" + deadline + "] must be positive and at most 365 days");
    }

    @Test
    void changesOneSettingAtATime() {
        HandleSettings settings = HandleSettings.defaults()
                .withMaxWorkers(2)
                .withDeadline(Duration.ofSeconds(1))
                .withMayDiffer(Set.of("name"));
        assertThat(settings).isEqualTo(new HandleSettings(2, Duration.ofSeconds(1), Set.of("name")));
    }
}
