package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.stream.DecisionLog;
import io.parallelwrite.stream.EngineEnvironment;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.ManualTimer;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.unit.DataSize;

/** A reader of scripted copies, with workers and a clock the test owns. Close it. */
final class CopiesFixture implements AutoCloseable, ReadListener {

    static final String PATH = "reports/a.csv";

    final ManualTimer timer = new ManualTimer();
    final List<ScriptedCopies> targets;
    final WriteEngine engine;
    final ParallelResourceReader reader;
    final List<ReadResult> finished = new CopyOnWriteArrayList<>();
    final List<ReadFallback> fallbacks = new CopyOnWriteArrayList<>();
    final List<Comparison.Different> differences = new CopyOnWriteArrayList<>();
    final List<Refill> refills = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger unfinishedTasks = new AtomicInteger();
    private final AtomicInteger unfinishedInBackground = new AtomicInteger();

    private CopiesFixture(ReadSettings settings, DecisionLog decisions, List<ScriptedCopies> targets) {
        this.targets = targets;
        this.engine = new WriteEngine(
                List.copyOf(targets),
                EngineSettings.defaults(),
                new EngineEnvironment(this::execute, timer, List.of(), decisions));
        this.reader = ParallelResourceReader.of(engine, settings, this::inBackground, List.of(this));
    }

    static CopiesFixture of(ScriptedCopies... targets) {
        return of(ReadSettings.defaults(), targets);
    }

    /** Blocks of so many bytes at most. */
    static CopiesFixture of(int chunkBytes, ScriptedCopies... targets) {
        return of(ReadSettings.defaults().withChunk(DataSize.ofBytes(chunkBytes)), targets);
    }

    static CopiesFixture of(ReadSettings settings, ScriptedCopies... targets) {
        return new CopiesFixture(settings, DecisionLog.NONE, Arrays.asList(targets));
    }

    static CopiesFixture of(ReadSettings settings, DecisionLog decisions, ScriptedCopies... targets) {
        return new CopiesFixture(settings, decisions, Arrays.asList(targets));
    }

    /** A target that keeps no checksum, as a disk. */
    static ScriptedCopies disk(String name, byte[] bytes) {
        return store(name, bytes).keeping(null);
    }

    /** A target that keeps a CRC-32C, as S3. */
    static ScriptedCopies store(String name, byte[] bytes) {
        return new ScriptedCopies(name).with(PATH, bytes);
    }

    static Checksum crc32c(byte[] bytes) {
        return ScriptedCopies.checksum(ChecksumAlgorithm.CRC32C, bytes);
    }

    /** Targets {@code t0}, {@code t1} and so on that hold the same under {@link #PATH}. */
    static ScriptedCopies[] equal(int count, byte[] bytes) {
        ScriptedCopies[] targets = new ScriptedCopies[count];
        for (int i = 0; i < count; i++) {
            targets[i] = new ScriptedCopies("t" + i).with(PATH, bytes);
        }
        return targets;
    }

    private void execute(Runnable task) {
        unfinishedTasks.incrementAndGet();
        workers.execute(() -> {
            try {
                task.run();
            } finally {
                unfinishedTasks.decrementAndGet();
            }
        });
    }

    /** Writes to all targets, as an application does. */
    WriteResult write(String path, byte[] bytes) throws IOException {
        WriteRequest request = new WriteRequest(
                TargetPath.of(path), UUID.randomUUID().toString(), ContentAttributes.NONE, false, bytes.length);
        try (ParallelOutputStream out = engine.open(request, null, null)) {
            out.write(bytes);
            return out.commit();
        }
    }

    /** Runs something on a thread of its own that plays the caller. */
    <T> Future<T> asCaller(Callable<T> call) {
        return callers.submit(call);
    }

    private void inBackground(Runnable task) {
        unfinishedInBackground.incrementAndGet();
        callers.execute(() -> {
            try {
                task.run();
            } finally {
                unfinishedInBackground.decrementAndGet();
            }
        });
    }

    /** Waits until nothing that reads have left to do is being done. */
    void awaitBackground() throws TimeoutException {
        EngineFixture.until(() -> unfinishedInBackground.get() == 0);
    }

    /** A call on a thread of its own. */
    record Called<T>(Thread thread, Future<T> result) {}

    /** Has something called, and waits until it waits for what cannot happen while so many calls to targets hang. */
    <T> Called<T> callUntilItWaits(int hangingCalls, Callable<T> call) throws Exception {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        Future<T> result = callers.submit(() -> {
            started.complete(Thread.currentThread());
            return call.call();
        });
        Thread thread = EngineFixture.await(started);
        EngineFixture.until(() -> thread.getState() == Thread.State.WAITING && unfinishedTasks.get() == hangingCalls);
        return new Called<>(thread, result);
    }

    /** Lets a deadline pass once only calls that hang are left, so that time never runs ahead of the work. */
    void letPass(Duration deadline, int hangingCalls) throws TimeoutException {
        EngineFixture.until(() -> unfinishedTasks.get() == hangingCalls);
        timer.advance(deadline);
    }

    /** What every test may expect at its end: no copy and no listing open, no alarm set. */
    void assertNothingLeft() throws TimeoutException {
        EngineFixture.until(() -> unfinishedTasks.get() == 0);
        for (ScriptedCopies target : targets) {
            assertThat(target.openStreams).as(target.name()).hasValue(0);
            assertThat(target.openListings).as(target.name()).hasValue(0);
        }
        assertThat(timer.alarmCount()).as("alarms").isZero();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        targets.forEach(target -> names.add(target.name()));
        return names;
    }

    @Override
    public void finished(ReadResult read) {
        finished.add(read);
    }

    @Override
    public void fellBack(ReadFallback fallback) {
        fallbacks.add(fallback);
    }

    @Override
    public void differed(Comparison.Different difference) {
        differences.add(difference);
    }

    @Override
    public void refilled(Refill refill) {
        refills.add(refill);
    }

    @Override
    public void close() throws TimeoutException {
        targets.forEach(ScriptedCopies::openGates);
        engine.close();
        workers.shutdown();
        callers.shutdown();
        EngineFixture.until(() -> workers.isTerminated() && callers.isTerminated());
    }
}
