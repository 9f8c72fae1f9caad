package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepairBackOffTests {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RepairBackOff backOff =
            new RepairBackOff(RepairSettings.defaults().withDelays(FIRST, LONGEST), new Random(5));

    @Test
    void lengthensTheDelayWithEachFailureUpToTheLongest() {
        long[] full = {1, 2, 4, 8, 10, 10, 10};
        for (long seconds : full) {
            backOff.failed("1", 0, Set.of());
            long nanos = Duration.ofSeconds(seconds).toNanos();
            assertThat(backOff.nextNanos().orElseThrow()).isBetween(nanos / 2, nanos);
        }
        for (int i = 0; i < 100; i++) {
            backOff.failed("1", 0, Set.of());
        }
        assertThat(backOff.nextNanos().orElseThrow()).isLessThanOrEqualTo(LONGEST.toNanos());
    }

    @Test
    void spreadsWhatFailsTogether() {
        Set<Long> delays = new java.util.HashSet<>();
        for (int i = 0; i < 10; i++) {
            backOff.failed("1", 0, Set.of());
            delays.add(backOff.nextNanos().orElseThrow());
            backOff.forget("1");
        }
        assertThat(delays).hasSizeGreaterThan(5);
    }

    @Test
    void makesDueWhatWaitsForATargetThatIsWell() {
        backOff.failed("1", 0, Set.of("s3"));
        backOff.failed("2", 0, Set.of("local"));
        assertThat(backOff.isDue("1", 0)).isFalse();
        assertThat(backOff.targetIsWell("s3", 0)).isTrue();
        assertThat(backOff.isDue("1", 0)).isTrue();
        assertThat(backOff.isDue("2", 0)).isFalse();
        assertThat(backOff.targetIsWell("s3", 0)).isFalse();
    }

    @Test
    void leavesNothingAloneThatHasNotFailed() {
        assertThat(backOff.isDue("1", 0)).isTrue();
        assertThat(backOff.nextNanos()).isEmpty();
        backOff.failed("1", 0, Set.of());
        backOff.failed("2", 0, Set.of());
        backOff.keepOnly(List.of("2"));
        assertThat(backOff.isDue("1", 0)).isTrue();
        backOff.forget("2");
        assertThat(backOff.size()).isZero();
    }
}
