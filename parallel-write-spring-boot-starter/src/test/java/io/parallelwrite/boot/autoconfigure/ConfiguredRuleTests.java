package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.outcome.AcknowledgementRule.all;
import static io.parallelwrite.outcome.AcknowledgementRule.atLeast;
import static io.parallelwrite.outcome.AcknowledgementRule.majority;
import static io.parallelwrite.outcome.AcknowledgementRule.requiring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ConfiguredRuleTests {

    @Test
    void asksForAllTargetsUnlessToldOtherwise() {
        assertThat(rule()).isEqualTo(all());
        assertThat(rule("acknowledge=all", "targets.a.required=true")).isEqualTo(all());
    }

    @Test
    void asksForTheOthersWhereATargetIsNotRequired() {
        assertThat(rule("targets.b.required=false")).isEqualTo(requiring(List.of("a", "c")));
        assertThat(rule("acknowledge=ALL", "targets.b.required=false", "targets.a.required=false"))
                .isEqualTo(requiring(List.of("c")));
    }

    @Test
    void knowsTheWeakerRules() {
        assertThat(rule("acknowledge=majority")).isEqualTo(majority());
        assertThat(rule("acknowledge=any")).isEqualTo(atLeast(1));
        assertThat(rule("acknowledge=3")).isEqualTo(atLeast(3));
    }

    @Test
    void requiresUnderAWeakerRuleOnlyTheTargetsThatSaySo() {
        assertThat(rule("acknowledge=2", "targets.c.required=true", "targets.a.required=false"))
                .isEqualTo(atLeast(2).and(requiring(List.of("c"))));
    }

    @Test
    void takesRequiredOfAllWithARuleThatAsksForAllAnyway() {
        assertThat(rule(
                        "acknowledge=3",
                        "targets.a.required=true",
                        "targets.b.required=true",
                        "targets.c.required=true"))
                .isEqualTo(atLeast(3).and(requiring(List.of("a", "b", "c"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "most", "1.5", "-1", "0", "4"})
    void namesTheRuleThatCannotBe(String value) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> rule("acknowledge=" + value))
                .satisfies(e -> assertThat(e.getName()).isEqualTo("parallel-write.acknowledge"))
                .satisfies(e -> assertThat(e.getValue()).isEqualTo(value));
    }

    @Test
    void succeedsDegradedWhenATargetThatIsNotRequiredMissesAWrite() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ParallelWriteAutoConfiguration.class))
                .withBean("scripted", TargetFactory.class, ConfiguredRuleTests::failing)
                .withPropertyValues(
                        "parallel-write.targets.a.location=memory:",
                        "parallel-write.targets.b.location=scripted:",
                        "parallel-write.targets.b.required=false")
                .run(context -> {
                    WriteResult result =
                            context.getBean(ParallelResourceWriter.class).write("a", new byte[10]);

                    assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
                });
    }

    private static TargetFactory failing() {
        return ScriptedTarget.factory(() -> {
            throw new IOException("refused");
        });
    }

    private static AcknowledgementRule rule(String... properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "parallel-write.targets.a.location", "memory:",
                "parallel-write.targets.b.location", "memory:",
                "parallel-write.targets.c.location", "memory:"));
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put("parallel-write." + property.substring(0, equals), property.substring(equals + 1));
        }
        ParallelWriteProperties bound = new Binder(new MapConfigurationPropertySource(all))
                .bind("parallel-write", ParallelWriteProperties.class)
                .get();
        return new ConfiguredSettings(bound).engine().rule();
    }
}
