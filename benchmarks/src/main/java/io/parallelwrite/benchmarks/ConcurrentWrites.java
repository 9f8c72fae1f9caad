package io.parallelwrite.benchmarks;

import io.parallelwrite.ParallelResourceWriter;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Callers that begin at the same moment, each with a thread of its own, and write one small object after the other.
 *
 * <p>All threads stay until the last has written, so that one that ends makes no room for another that begins: the peak of
 * all threads is then that of the callers and that of the rest. Not thread-safe: run once.
 */
final class ConcurrentWrites {

    private static final double NANOS_PER_MILLI = 1e6;

    private final ParallelResourceWriter writer;
    private final byte[] content;
    private final double[] millis;
    private final int writesPerCaller;
    private final LongAdder failures = new LongAdder();
    private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();
    private final CountDownLatch start = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    /**
     * Gets ready.
     *
     * @param callers how many write at once
     * @param writesPerCaller how many objects each of them writes
     */
    ConcurrentWrites(ParallelResourceWriter writer, byte[] content, int callers, int writesPerCaller) {
        this.writer = writer;
        this.content = content;
        this.writesPerCaller = writesPerCaller;
        this.millis = new double[callers * writesPerCaller];
    }

    /**
     * Runs all.
     *
     * @param whenAllStand run when all callers have a thread and wait for the start
     * @param whenAllWrote run while all of them still have it
     * @return how long it took from the start until the last had written, in seconds
     */
    double run(Callers kind, Runnable whenAllStand, Runnable whenAllWrote) throws InterruptedException {
        int callers = millis.length / writesPerCaller;
        CountDownLatch standing = new CountDownLatch(callers);
        Phaser wrote = new Phaser(callers + 1);
        ExecutorService threads = kind.newThreads();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            threads.execute(() -> {
                standing.countDown();
                awaitUninterruptibly(start);
                writeAll(caller);
                wrote.arrive();
                awaitUninterruptibly(leave);
            });
        }
        standing.await();
        whenAllStand.run();
        long began = System.nanoTime();
        start.countDown();
        wrote.arriveAndAwaitAdvance();
        double seconds = (System.nanoTime() - began) / 1e9;
        whenAllWrote.run();
        leave.countDown();
        threads.shutdown();
        return seconds;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts a caller", e);
        }
    }

    private void writeAll(int caller) {
        for (int i = 0; i < writesPerCaller; i++) {
            int index = caller * writesPerCaller + i;
            long began = System.nanoTime();
            try {
                writer.write("objects/" + index, content);
            } catch (IOException | RuntimeException e) {
                failures.increment();
                firstFailure.compareAndSet(null, e);
            }
            millis[index] = (System.nanoTime() - began) / NANOS_PER_MILLI;
        }
    }

    /** Returns how long each write took, the wait for its turn included. */
    Samples millis() {
        Samples samples = new Samples();
        for (double value : millis) {
            samples.add(value);
        }
        return samples;
    }

    long failures() {
        return failures.sum();
    }

    @Nullable
    Exception firstFailure() {
        return firstFailure.get();
    }
}
