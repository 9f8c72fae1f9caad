package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.DeadlineTimer;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetConflictException;
import io.parallelwrite.target.TargetInitializationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelResourceWriterBuilderTests {

    private final ScriptedTarget local = new ScriptedTarget("local");
    private final ScriptedTarget s3 = new ScriptedTarget("s3");

    private static ParallelResourceWriterBuilder builder(Target... targets) {
        return ParallelResourceWriter.builder().targets(List.of(targets));
    }

    @Test
    void refusesToBuildWithoutATarget() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelResourceWriter.builder().build())
                .withMessage("There is no target; add at least one");
    }

    @Test
    void buildsWithASingleTarget() throws IOException {
        MemoryTarget only = new MemoryTarget("only");
        try (ParallelResourceWriter writer = builder(only).build()) {
            writer.write("a", bytes("content"));

            assertThat(writer.targets()).containsExactly(only);
            assertThat(only.paths()).containsExactly("a");
        }
    }

    @Test
    void keepsTheOrderOfTheTargets() throws IOException {
        MemoryTarget third = new MemoryTarget("a");
        try (ParallelResourceWriter writer =
                builder(local).target(s3).target(third).build()) {
            assertThat(writer.targets()).containsExactly(local, s3, third);
        }
    }

    @Test
    void refusesTwoTargetsOfOneName() {
        assertThatExceptionOfType(TargetConflictException.class)
                .isThrownBy(() -> builder(local, s3, new MemoryTarget("local")).build())
                .withMessage("Two targets are named 'local'; give each a name of its own");

        assertThat(local.lifeCycle()).isEmpty();
    }

    @Test
    void refusesTwoTargetsAtOnePlace() {
        assertThatExceptionOfType(TargetConflictException.class)
                .isThrownBy(() -> builder(local.placedAt("file:///data/"), s3.placedAt("file:///data/"))
                        .build())
                .withMessage("Targets 'local' and 's3' are at the same place, file:///data/, so there is one copy")
                .satisfies(conflict -> {
                    assertThat(conflict.target()).isEqualTo("local");
                    assertThat(conflict.other()).isEqualTo("s3");
                });

        assertThat(local.lifeCycle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"file:///data/, file:///data/copy/", "file:///data/copy/, file:///data/"})
    void refusesTargetsThatAreNested(String one, String other) {
        assertThatExceptionOfType(TargetConflictException.class)
                .isThrownBy(
                        () -> builder(local.placedAt(one), s3.placedAt(other)).build())
                .withMessage("Targets 'local' and 's3' are nested, " + one + " and " + other
                        + ", so one holds the other's objects");
    }

    @Test
    void acceptsPlacesThatOnlyShareTheBeginningOfAName() throws IOException {
        builder(local.placedAt("file:///data/"), s3.placedAt("file:///data-copy/"))
                .build()
                .close();
    }

    @Test
    void initializesEveryTargetBeforeTheFirstWrite() throws IOException {
        try (ParallelResourceWriter writer = builder(local, s3).build()) {
            assertThat(writer.targets()).isNotEmpty();
            assertThat(local.lifeCycle()).containsExactly("initialized");
            assertThat(s3.lifeCycle()).containsExactly("initialized");
        }
    }

    @Test
    void closesWhatWasInitializedWhenALaterTargetCannotBe() {
        IOException readOnly = new IOException("the disk is read-only");
        ScriptedTarget never = new ScriptedTarget("never");
        s3.onInitialize(() -> {
            throw readOnly;
        });

        assertThatExceptionOfType(TargetInitializationException.class)
                .isThrownBy(() -> builder(local, s3, never).build())
                .withMessage("Target 's3' at memory:s3/ cannot be used: the disk is read-only")
                .withCause(readOnly)
                .satisfies(thrown -> {
                    assertThat(thrown.target()).isEqualTo("s3");
                    assertThat(thrown.place()).isEqualTo("memory:s3/");
                });

        assertThat(local.lifeCycle()).containsExactly("initialized", "closed");
        assertThat(never.lifeCycle()).isEmpty();
    }

    @Test
    void closesWhatWasInitializedWhenALaterTargetThrowsUnchecked() {
        s3.onInitialize(() -> {
            throw new IllegalStateException("no credentials");
        });
        local.onClose(() -> {
            throw new IOException("cannot be closed either");
        });

        assertThatExceptionOfType(TargetInitializationException.class)
                .isThrownBy(() -> builder(local, s3).build())
                .withCauseInstanceOf(IllegalStateException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("cannot be closed either"));

        assertThat(local.lifeCycle()).endsWith("closed");
    }

    @Test
    void lendsWorkersFromTheExecutorItWasGivenAndLeavesItOpen() throws IOException {
        List<String> threads = new CopyOnWriteArrayList<>();
        local.at(Phase.COMMIT, () -> threads.add(Thread.currentThread().getName()));
        ExecutorService executor = Executors.newFixedThreadPool(2, task -> new Thread(task, "the caller's own"));

        try (ParallelResourceWriter writer =
                builder(local, s3).executor(executor).build()) {
            writer.write("a", bytes("content"));
        }

        assertThat(threads).containsExactly("the caller's own");
        assertThat(executor.isShutdown()).isFalse();
        executor.shutdown();
    }

    @Test
    void leavesTheTimerItWasGivenOpen() throws IOException {
        List<String> calls = new CopyOnWriteArrayList<>();
        DeadlineTimer timer = new DeadlineTimer() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public Runnable schedule(Duration delay, Runnable alarm) {
                calls.add("schedule");
                return () -> calls.add("cancel");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };

        try (ParallelResourceWriter writer = builder(local, s3).timer(timer).build()) {
            writer.write("a", bytes("content"));
        }

        assertThat(calls).contains("schedule").doesNotContain("close");
    }

    @Test
    void appliesTheSettings() throws IOException {
        ParallelResourceWriterBuilder builder = builder(local, s3);
        builder.settings(builder.settings().withMaxOpenWrites(1, Duration.ZERO));

        try (ParallelResourceWriter writer = builder.build();
                ParallelOutputStream open = writer.open("a")) {
            open.write('x');
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(() -> writer.write("b", bytes("content")))
                    .withMessageContaining("1 writes are open, the most allowed at once");
        }
    }
}
