package io.parallelwrite.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementRuleTests {

    private static final Set<String> THREE = Set.of("a", "b", "c");

    @Test
    void allNeedsEveryTarget() {
        AcknowledgementRule all = AcknowledgementRule.all();
        assertThat(all.isMet(THREE, THREE)).isTrue();
        assertThat(all.isMet(Set.of("a", "b"), THREE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "1, 2, false", "2, 2, true", "1, 3, false", "2, 3, true", "2, 4, false", "3, 4, true"})
    void majorityNeedsMoreThanHalf(int good, int all, boolean met) {
        assertThat(AcknowledgementRule.majority().isMet(names(good), names(all)))
                .isEqualTo(met);
    }

    private static Set<String> names(int count) {
        return Set.copyOf(List.of("a", "b", "c", "d").subList(0, count));
    }

    @Test
    void atLeastCountsWhicheverTargetsTheyAre() {
        AcknowledgementRule two = AcknowledgementRule.atLeast(2);
        assertThat(two.isMet(Set.of("a", "c"), THREE)).isTrue();
        assertThat(two.isMet(Set.of("b"), THREE)).isFalse();
    }

    @Test
    void requiringLetsTheOthersMissAWrite() {
        AcknowledgementRule local = AcknowledgementRule.requiring(List.of("a"));
        assertThat(local.isMet(Set.of("a"), THREE)).isTrue();
        assertThat(local.isMet(Set.of("b", "c"), THREE)).isFalse();
    }

    @Test
    void andNeedsBoth() {
        AcknowledgementRule both = AcknowledgementRule.atLeast(2).and(AcknowledgementRule.requiring(List.of("a")));
        assertThat(both.isMet(Set.of("a", "b"), THREE)).isTrue();
        assertThat(both.isMet(Set.of("b", "c"), THREE)).isFalse();
        assertThat(both.isMet(Set.of("a"), THREE)).isFalse();
        assertThat(both).hasToString("at least 2 and [a] required");
    }

    @Test
    void aMajorityOfTwoIsBoth() {
        assertThat(AcknowledgementRule.majority().needsAllOf(Set.of("a", "b"))).isTrue();
        assertThat(AcknowledgementRule.majority().needsAllOf(THREE)).isFalse();
        assertThat(AcknowledgementRule.atLeast(1).needsAllOf(Set.of("a", "b"))).isFalse();
    }

    @Test
    void refusesWhatWouldBeNoRule() {
        assertThatThrownBy(() -> AcknowledgementRule.atLeast(0))
                .hasMessage("The number of targets that must hold a write [0] must be at least 1");
        assertThatThrownBy(() -> AcknowledgementRule.requiring(List.of())).hasMessageContaining("name at least one");
    }
}
