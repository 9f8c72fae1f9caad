package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ScrubPositionTests {

    private static final ScrubCounts COUNTS = new ScrubCounts(
            7,
            3,
            1,
            Map.of("a target=1&x", Map.of(CopySign.EQUAL, 4L, CopySign.UNREADABLE, 2L), "s3", Map.of()),
            Map.of(RepairedPath.Verdict.REFUSED, 9L));

    @Test
    void isTheSameAfterItWasText() {
        ScrubPosition position =
                new ScrubPosition(TargetPrefix.of("ré&por=ts/"), TargetPath.of("ré&por=ts/ü 100%.csv"), COUNTS);
        assertThat(position.toText()).matches("[!-~]+");
        assertThat(ScrubPosition.parse(position.toText())).isEqualTo(position);
        assertThat(ScrubPosition.parse(ScrubPosition.start("").toText())).isEqualTo(ScrubPosition.start(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "v=2&prefix=&paths=0,0,0&repairs=0,0,0,0",
                "v=1&paths=0,0,0&repairs=0,0,0,0",
                "v=1&prefix=&paths=0,0&repairs=0,0,0,0",
                "v=1&prefix=&paths=0,0,x&repairs=0,0,0,0",
                "v=1&prefix=&after=../a&paths=0,0,0&repairs=0,0,0,0",
                "v=1&prefix=%zz&paths=0,0,0&repairs=0,0,0,0"
            })
    void refusesTextThatIsNoPosition(String text) {
        assertThatThrownBy(() -> ScrubPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + text + "] is no position of a scrub");
    }

    @Test
    void refusesSettingsThatCannotBeUsed() {
        ScrubSettings settings = ScrubSettings.defaults();
        assertThatThrownBy(() -> settings.withConcurrency(0)).hasMessageContaining("concurrency [0]");
        assertThatThrownBy(() -> settings.withConcurrency(257)).hasMessageContaining("concurrency [257]");
        assertThatThrownBy(() -> settings.withObjectsPerSecond(0.0)).hasMessageContaining("objects-per-second [0.0]");
        assertThatThrownBy(() -> settings.withBytesPerSecond(DataSize.ofBytes(0)))
                .hasMessageContaining("bytes-per-second [0B]");
    }
}
