package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the settings of a sweep refuse. */
class SweepSettingsTests {

    @Test
    void refusesTimesThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SweepSettings.defaults().withAge(Duration.ZERO))
                .withMessage("The sweep setting age [PT0S] must be positive and at most a year");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SweepSettings.defaults().withPeriod(Duration.ofDays(400)))
                .withMessageContaining("period [PT9600H]");
    }
}
