package io.parallelwrite.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bytes reach every target, whatever the number of targets and workers and the size of chunks and buffers. */
class EngineMatrixTests {

    static Stream<Arguments> shapes() {
        List<Arguments> shapes = new ArrayList<>();
        for (int targets : new int[] {1, 2, 5, 128}) {
            for (int workers : new int[] {1, 2, 16}) {
                for (int buffer : new int[] {1, 2, 16}) {
                    for (int chunk : new int[] {1, 7, 8192}) {
                        shapes.add(Arguments.of(targets, workers, buffer, chunk));
                    }
                }
            }
        }
        return shapes.stream();
    }

    @ParameterizedTest(name = "{0} targets, {1} workers, {2} chunks of {3} bytes")
    @MethodSource("shapes")
    void everyTargetHoldsTheBytes(int targetCount, int workers, int buffer, int chunk) throws Exception {
        ScriptedTarget[] targets = IntStream.range(0, targetCount)
                .mapToObj(i -> new ScriptedTarget("t" + i))
                .toArray(ScriptedTarget[]::new);
        EngineSettings settings = EngineSettings.defaults()
                .withBuffers(EngineFixture.buffers(chunk, buffer))
                .withWorkersPerTarget(Math.max(1, workers / targetCount));
        try (EngineFixture fixture = EngineFixture.of(settings, workers, targets)) {
            for (int size : new int[] {0, 1, chunk, 3 * chunk + 2}) {
                byte[] content = EngineFixture.bytes(size, size);
                WriteResult result = fixture.write("a/" + size, content);
                assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
                assertThat(result.outcomes()).hasSize(targetCount).allMatch(TargetOutcome.Committed.class::isInstance);
                for (ScriptedTarget target : targets) {
                    assertThat(target.visible.get("a/" + size)).isEqualTo(content);
                }
            }
            fixture.assertNothingLeft();
        }
    }
}
