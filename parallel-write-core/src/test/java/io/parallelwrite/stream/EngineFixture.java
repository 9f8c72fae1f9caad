package io.parallelwrite.stream;

import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteListener;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** An engine over targets of a test's choice, with workers and a clock the test owns. Close it. */
public final class EngineFixture implements AutoCloseable {

    /** Longer than anything here takes, even on a loaded machine; reached only by a test that fails. */
    private static final long PATIENCE_SECONDS = 60;

    final ManualTimer timer = new ManualTimer();
    final List<WriteResult> finished = new CopyOnWriteArrayList<>();
    final List<LateCompletion> late = new CopyOnWriteArrayList<>();
    private final ExecutorService workers;
    private final AtomicInteger unfinishedTasks = new AtomicInteger();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private volatile @Nullable Thread caller;
    volatile boolean takesNoTasks;
    final List<Target> targets;
    final WriteEngine engine;

    EngineFixture(List<? extends Target> targets, int workerCount, EngineSettings settings, DecisionLog decisions) {
        this.targets = new ArrayList<>(targets);
        this.workers = Executors.newFixedThreadPool(workerCount);
        WriteListener recorder = new WriteListener() {
            @Override
            public void finished(WriteStart start, WriteResult result) {
                finished.add(result);
            }

            @Override
            public void completedLate(WriteStart start, LateCompletion completion) {
                late.add(completion);
            }
        };
        this.engine = new WriteEngine(
                this.targets, settings, new EngineEnvironment(this::execute, timer, List.of(recorder), decisions));
    }

    private void execute(Runnable task) {
        if (takesNoTasks) {
            throw new RejectedExecutionException("scripted");
        }
        unfinishedTasks.incrementAndGet();
        workers.execute(() -> {
            try {
                task.run();
            } finally {
                unfinishedTasks.decrementAndGet();
            }
        });
    }

    static EngineFixture of(Target... targets) {
        return of(settings(), 8, targets);
    }

    static EngineFixture of(EngineSettings settings, int workerCount, Target... targets) {
        return new EngineFixture(Arrays.asList(targets), workerCount, settings, DecisionLog.NONE);
    }

    static EngineFixture of(EngineSettings settings, Target... targets) {
        return of(settings, 8, targets);
    }

    static EngineFixture of(DecisionLog decisions, Target... targets) {
        return new EngineFixture(Arrays.asList(targets), 8, settings(), decisions);
    }

    static EngineSettings settings() {
        return EngineSettings.defaults().withBuffers(buffers(16, 4));
    }

    static BufferSettings buffers(int chunkBytes, int chunksPerWrite) {
        DataSize perWrite = DataSize.ofBytes((long) chunkBytes * chunksPerWrite);
        return new BufferSettings(DataSize.ofBytes(chunkBytes), perWrite, DataSize.ofBytes(perWrite.toBytes() * 8));
    }

    /** The rule that one target is enough. */
    static AcknowledgementRule any() {
        return (good, all) -> !good.isEmpty();
    }

    ParallelOutputStream open(String path) throws IOException {
        return engine.open(request(path, -1), null, null);
    }

    static WriteRequest request(String path, long expectedSize) {
        return new WriteRequest(
                TargetPath.of(path), UUID.randomUUID().toString(), ContentAttributes.NONE, false, expectedSize);
    }

    WriteResult write(String path, byte[] content) throws IOException {
        try (ParallelOutputStream out = open(path)) {
            out.write(content);
            return out.commit();
        }
    }

    /** Runs something on a thread of its own that plays the caller. */
    <T> Future<T> asCaller(Callable<T> call) {
        caller = null;
        return callers.submit(() -> {
            caller = Thread.currentThread();
            return call.call();
        });
    }

    /**
     * Lets time pass while the caller that was started last waits: when it does and nothing else is left to do, so that time
     * never runs ahead of the work.
     *
     * @param settled what has happened when the work has been done
     * @param heldWorkers how many workers calls that hang hold
     */
    void letCallerWait(Duration time, BooleanSupplier settled, int heldWorkers) throws TimeoutException {
        until(() -> settled.getAsBoolean() && unfinishedTasks.get() == heldWorkers && callerWaits());
        timer.advance(time);
    }

    private boolean callerWaits() {
        Thread thread = caller;
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    public static <T> T await(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static ParallelWriteException awaitFailure(Future<?> future) throws Exception {
        try {
            future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof ParallelWriteException failure) {
                return failure;
            }
            throw new AssertionError("Failed otherwise than expected", ex.getCause());
        }
        throw new AssertionError("Did not fail");
    }

    /** Waits, without a clock of its own, until something another thread does has happened. */
    public static void until(BooleanSupplier condition) throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("The condition was not met");
            }
            Thread.yield(); // to those it waits for
        }
    }

    /**
     * Lets the deadline of a call that hangs pass, once: when the call has been made and nothing else is left to do, so
     * that time never runs ahead of the work.
     *
     * @param heldWorkers how many workers calls that hang hold
     */
    void letDeadlinePass(ScriptedTarget hung, Phase phase, int calls, int heldWorkers) throws TimeoutException {
        until(() -> hung.calls().stream().filter(phase.name()::equals).count() == calls
                && unfinishedTasks.get() == heldWorkers);
        timer.advance(Deadlines.defaults().of(phase));
    }

    /** Lets a probe take a target in again, of which all calls have returned or will. */
    void letProbeSucceed(String target) throws TimeoutException {
        until(() -> engine.states().status().targets().stream().allMatch(status -> status.unreturnedCalls() == 0));
        timer.advance(BreakerSettings.defaults().probeDelay());
        until(() -> !engine.states().isOut(target));
    }

    public static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static CompletableFuture<Void> gate() {
        return new CompletableFuture<>();
    }

    /** What every test may expect at its end: no write open, no memory held, no alarm set. */
    void assertNothingLeft() throws TimeoutException {
        for (Target target : targets) {
            until(() -> ((ScriptedTarget) target).openWrites.get() == 0);
        }
        until(() -> engine.usedBytes() == 0);
        until(() -> timer.alarmCount() == 0);
    }

    @Override
    public void close() throws TimeoutException {
        engine.close();
        workers.shutdown();
        callers.shutdown();
        until(() -> workers.isTerminated() && callers.isTerminated());
    }
}
