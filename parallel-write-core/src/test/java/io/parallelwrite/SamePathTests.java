package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads that change one path leave the same on every target, whoever is last. */
@Timeout(120)
class SamePathTests {

    private static final int ROUNDS = 500;

    @AutoClose("shutdown")
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    SamePathTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    @Test
    void twoWritesLeaveEqualCopies() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] one = bytes("one " + round);
            byte[] other = bytes("another " + round);

            atOnce(() -> writer.write("a", one), () -> writer.write("a", other));

            byte[] left = TwoTargets.content(targets.local, "a");
            assertThat(Arrays.equals(left, one) || Arrays.equals(left, other)).isTrue();
            targets.assertBothHold("a", left);
        }
    }

    @Test
    void aWriteAndADeleteLeaveTheSameOnEveryTarget() throws Exception {
        TargetPath path = TargetPath.of("a");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = bytes("round " + round);

            atOnce(() -> writer.write("a", content), () -> writer.delete("a"));

            boolean left = targets.local.stat(path).isPresent();
            assertThat(targets.s3.stat(path).isPresent()).as("round " + round).isEqualTo(left);
            targets.assertNothingStaged();
        }
    }

    private void atOnce(Callable<?> one, Callable<?> other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Future<?>> both = List.of(
                threads.submit(() -> {
                    barrier.await();
                    return one.call();
                }),
                threads.submit(() -> {
                    barrier.await();
                    return other.call();
                }));
        for (Future<?> each : both) {
            each.get();
        }
    }
}
