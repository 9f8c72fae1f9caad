package io.parallelwrite.stream;

import static io.parallelwrite.stream.EngineFixture.await;
import static io.parallelwrite.stream.EngineFixture.awaitFailure;
import static io.parallelwrite.stream.EngineFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Back-pressure, memory, workers, order and interrupts. */
class EngineFlowTests {

    private final CompletableFuture<Void> gate = EngineFixture.gate();
    private final ScriptedTarget fast = new ScriptedTarget("fast");
    private final ScriptedTarget slow = new ScriptedTarget("slow");

    @Test
    void blocksTheCallerWhileTheSlowestTargetIsABufferBehind() throws Exception {
        slow.blocking(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            AtomicInteger written = new AtomicInteger();
            AtomicReference<Thread> thread = new AtomicReference<>();
            Future<?> caller = fixture.asCaller(() -> {
                thread.set(Thread.currentThread());
                try (ParallelOutputStream out = fixture.open("a")) {
                    for (int i = 0; i < 1000; i++) {
                        out.write(i);
                        written.incrementAndGet();
                    }
                    return out.commit();
                }
            });
            // four chunks of 16 bytes are filled and held by the slow target's lane; the fast one has taken them all
            until(() -> written.get() == 64
                    && thread.get().getState() == Thread.State.WAITING
                    && fast.takenBytes.get() == 64);
            assertThat(fixture.engine.usedBytes()).isEqualTo(64);

            gate.complete(null);
            await(caller);
            assertThat(slow.visible.get("a")).hasSize(1000).isEqualTo(fast.visible.get("a"));
            fixture.assertNothingLeft();
        }
    }

    @Test
    void wakesABlockedCallerWhenTheWriteCanNoLongerSucceed() throws Exception {
        slow.on(
                Phase.WRITE,
                () -> gate.thenRun(() -> {
                    throw new IllegalStateException("broken");
                }));
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            Future<?> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(1000, 1)));
            until(() -> fast.takenBytes.get() == 64);
            gate.complete(null);
            assertThat(awaitFailure(caller)).hasMessageContaining("broken");
            assertThat(slow.openWrites.get() + fast.openWrites.get()).isZero();
        }
    }

    @Test
    void manyStreamsOfOneThreadShareABufferOfOneChunkWithoutWaitingForEachOther() throws Exception {
        DataSize oneChunk = DataSize.ofBytes(16);
        EngineSettings settings =
                EngineSettings.defaults().withBuffers(new BufferSettings(oneChunk, oneChunk, oneChunk));
        try (EngineFixture fixture = EngineFixture.of(settings, 2, fast, slow)) {
            List<ParallelOutputStream> streams = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                streams.add(fixture.open("a" + i));
            }
            for (int round = 0; round < 10; round++) {
                for (ParallelOutputStream out : streams) {
                    out.write(EngineFixture.bytes(13, round));
                }
            }
            for (ParallelOutputStream out : streams) {
                assertThat(out.commit().size()).isEqualTo(130);
            }
            fixture.assertNothingLeft();
        }
    }

    @Test
    void aTargetThatCompletesLaterHoldsNoWorkerMeanwhile() throws Exception {
        slow.pending(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(EngineFixture.settings(), 1, slow, fast)) {
            Future<?> caller = fixture.asCaller(() -> fixture.write("a", EngineFixture.bytes(64, 1)));
            until(() -> fast.takenBytes.get() == 64);
            assertThat(slow.takenBytes.get()).isZero();
            gate.complete(null);
            await(caller);
            assertThat(slow.visible.get("a")).isEqualTo(fast.visible.get("a"));
        }
    }

    @Test
    void writersOfOnePathLeaveEqualCopiesEverywhere() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            for (int round = 0; round < 200; round++) {
                List<Future<?>> callers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    byte[] content = EngineFixture.bytes(50, i);
                    callers.add(fixture.asCaller(() -> fixture.write("a", content)));
                }
                for (Future<?> caller : callers) {
                    await(caller);
                }
                assertThat(fast.visible.get("a")).isEqualTo(slow.visible.get("a"));
            }
            fixture.assertNothingLeft();
        }
    }

    @Test
    void anInterruptWhileTheCallerIsBlockedEndsTheWriteAndIsKept() throws Exception {
        slow.pending(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            AtomicReference<Thread> thread = new AtomicReference<>();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Future<?> caller = fixture.asCaller(() -> {
                thread.set(Thread.currentThread());
                try {
                    return fixture.write("a", EngineFixture.bytes(1000, 1));
                } finally {
                    interrupted.set(Thread.interrupted());
                }
            });
            until(() -> slow.calls().contains("WRITE") && fast.takenBytes.get() == 64);
            until(() -> thread.get().getState() == Thread.State.WAITING);
            thread.get().interrupt();
            gate.complete(null);
            assertThat(awaitFailure(caller).result().status()).isEqualTo(WriteStatus.FAILED);
            assertThat(interrupted.get()).isTrue();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void anInterruptDuringTheCommitIsKeptForLater() throws Exception {
        slow.pending(Phase.COMMIT, gate);
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            AtomicReference<Thread> thread = new AtomicReference<>();
            Future<Boolean> caller = fixture.asCaller(() -> {
                thread.set(Thread.currentThread());
                fixture.write("a", EngineFixture.bytes(10, 1));
                return Thread.interrupted();
            });
            until(() -> slow.calls().contains("COMMIT"));
            thread.get().interrupt();
            gate.complete(null);
            assertThat(await(caller)).isTrue();
            assertThat(slow.visible).containsKey("a");
        }
    }

    @Test
    void anotherThreadCanAbortAWriteWhoseCallerIsBlocked() throws Exception {
        slow.pending(Phase.WRITE, gate);
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            ParallelOutputStream out = fixture.open("a");
            Future<?> caller = fixture.asCaller(() -> {
                out.write(EngineFixture.bytes(1000, 1));
                return null;
            });
            until(() -> fast.takenBytes.get() == 64);
            Future<?> aborter = fixture.asCaller(() -> {
                out.abort();
                return null;
            });
            until(caller::isDone);
            gate.complete(null);
            await(aborter);
            assertThat(fixture.finished.get(0).status()).isEqualTo(WriteStatus.FAILED);
            fixture.assertNothingLeft();
        }
    }

    @Test
    void smallWritesReachTheTargetsInFewCalls() throws Exception {
        EngineSettings settings = EngineSettings.defaults();
        try (EngineFixture fixture = EngineFixture.of(settings, 4, fast, slow)) {
            try (ParallelOutputStream out = fixture.open("a")) {
                for (int i = 0; i < 10_000; i++) {
                    out.write(EngineFixture.bytes(100, i));
                }
                out.commit();
            }
            assertThat(fast.visible.get("a")).hasSize(1_000_000);
            // 8, 16, 32, 64, 128 KiB, then 256 KiB each
            assertThat(fast.calls().stream().filter("WRITE"::equals).count()).isEqualTo(8);
        }
    }

    @Test
    void takesNoNewWritesAndEndsOpenOnesWhenClosed() throws Exception {
        EngineSettings settings = EngineFixture.settings().withShutdown(Duration.ZERO);
        try (EngineFixture fixture = EngineFixture.of(settings, 4, fast, slow)) {
            ParallelOutputStream out = fixture.open("a");
            out.write(EngineFixture.bytes(100, 1));
            fixture.engine.close();

            assertThat(fixture.finished)
                    .singleElement()
                    .satisfies(result -> assertThat(result.status()).isEqualTo(WriteStatus.FAILED));
            assertThat(awaitFailure(fixture.asCaller(() -> fixture.open("b")))
                            .result()
                            .status())
                    .isEqualTo(WriteStatus.REJECTED);
            assertThat(awaitFailure(fixture.asCaller(out::commit)))
                    .hasMessageContaining("the writer was closed before the write had ended");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void keepsThePathLockedUntilWhatIsVisibleOfAnOpeningThatWasEndedIsDiscarded() throws Exception {
        CompletableFuture<Void> opened = EngineFixture.gate();
        CompletableFuture<Void> discarded = EngineFixture.gate();
        ScriptedTarget visible = new ScriptedTarget("visible").pending(Phase.OPEN, opened);
        visible.pending(Phase.ABORT, discarded);
        visible.staged = false;
        try (EngineFixture fixture = EngineFixture.of(EngineFixture.settings().withShutdown(Duration.ZERO), visible)) {
            Future<ParallelOutputStream> opening = fixture.asCaller(() -> fixture.open("a"));
            fixture.letCallerWait(Duration.ZERO, () -> visible.calls().contains("OPEN"), 0);
            Future<Void> closing = fixture.asCaller(() -> {
                fixture.engine.close();
                return null;
            });
            fixture.letCallerWait(Duration.ZERO, () -> true, 0);
            opened.complete(null);
            assertThatThrownBy(() -> EngineFixture.await(opening)).hasMessageContaining("is being ended");
            Future<Boolean> other =
                    fixture.asCaller(() -> fixture.engine.betweenCommits(TargetPath.of("a"), discarded::isDone));
            fixture.letCallerWait(Duration.ZERO, () -> visible.calls().contains("ABORT"), 0);
            discarded.complete(null);
            assertThat(EngineFixture.await(other))
                    .as("looked at it after that was discarded")
                    .isTrue();
            EngineFixture.await(closing);
            fixture.assertNothingLeft();
        }
    }

    /** A caller that finds no memory when it has to wait. */
    private static final class Starving extends Thread implements Await.Waiter {
        private volatile boolean starves;

        Starving(Runnable call) {
            super(call);
        }

        static void starve(boolean starves) {
            ((Starving) Thread.currentThread()).starves = starves;
        }

        @Override
        public void await(CompletableFuture<?> future, boolean interruptibly) {
            if (starves) {
                throw new OutOfMemoryError("scripted");
            }
        }
    }

    @Test
    void commitsNothingWithoutTheBytesThereWasNoMemoryFor() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Starving(() -> failure.set(catchThrowable(() -> {
                try (ParallelOutputStream out = fixture.open("a")) {
                    out.write(EngineFixture.bytes(16, 1));
                    Starving.starve(true);
                    assertThat(catchThrowable(() -> out.write(EngineFixture.bytes(16, 2))))
                            .isInstanceOf(OutOfMemoryError.class);
                    Starving.starve(false);
                    out.commit();
                }
            })));
            caller.start();
            caller.join();
            assertThat(failure.get()).isInstanceOf(IOException.class).hasRootCauseMessage("scripted");
            assertThat(fast.visible).isEmpty();
        }
    }

    @Test
    void makesWritesBeyondTheLimitWaitForTheirTurnAndRejectsThemAtItsDeadline() throws Exception {
        EngineSettings settings = EngineFixture.settings().withMaxOpenWrites(1, Duration.ofSeconds(30));
        try (EngineFixture fixture = EngineFixture.of(settings, 4, fast, slow)) {
            ParallelOutputStream out = fixture.open("a");
            int alarms = fixture.timer.alarmCount();
            Future<?> rejected = fixture.asCaller(() -> fixture.open("b"));
            until(() -> fixture.timer.alarmCount() > alarms);
            fixture.timer.advance(Duration.ofSeconds(31));
            assertThat(awaitFailure(rejected)).hasMessageContaining("1 writes are open, the most allowed at once");

            int alarmsAfter = fixture.timer.alarmCount();
            Future<ParallelOutputStream> waiting = fixture.asCaller(() -> fixture.open("c"));
            until(() -> fixture.timer.alarmCount() > alarmsAfter);
            assertThat(waiting.isDone()).isFalse();
            out.commit();
            await(waiting).commit();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void refusesMoreThanOneEndOfAStream() throws Exception {
        try (EngineFixture fixture = EngineFixture.of(fast, slow)) {
            ParallelOutputStream out = fixture.open("a");
            out.commit();
            out.close();
            out.abort();
            org.assertj.core.api.Assertions.assertThatThrownBy(out::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The write of 'a' has been committed and takes nothing more; open another");
        }
    }
}
