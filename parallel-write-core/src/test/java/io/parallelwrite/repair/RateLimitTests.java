package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTests {

    private static final long SECOND = 1_000_000_000;

    private final RateLimit limit = new RateLimit(10, 0);

    @Test
    void letsTheNextWaitForWhatCameBefore() {
        assertThat(limit.waitNanos(0)).isZero();
        limit.take(20, 0);
        limit.take(5, SECOND);
        assertThat(limit.waitNanos(SECOND)).isEqualTo(SECOND + SECOND / 2);
    }

    @Test
    void savesNothingUpWhileNothingIsTaken() {
        limit.take(10, 100 * SECOND);
        assertThat(limit.waitNanos(100 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void waitsNoLongerForWhatIsGivenBack() {
        limit.take(20, 0);
        limit.giveBack(15);
        assertThat(limit.waitNanos(0)).isEqualTo(SECOND / 2);
    }

    @Test
    void neverWaitsWithoutALimit() {
        RateLimit none = new RateLimit(null, 0);
        none.take(Long.MAX_VALUE, 0);
        assertThat(none.waitNanos(0)).isZero();
    }

    @Test
    void staysALimitWhateverIsTaken() {
        for (int i = 0; i < 1_000; i++) {
            limit.take(Long.MAX_VALUE, 0);
        }
        assertThat(limit.waitNanos(0)).isPositive();
    }
}
