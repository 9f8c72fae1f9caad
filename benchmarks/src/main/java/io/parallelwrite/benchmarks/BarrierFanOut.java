package io.parallelwrite.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The other way to write to several places at once: every single call goes to a pool, once for each place; the caller
 * waits for all and compares what they returned.
 *
 * <p>It is given every advantage the design leaves: one pool with a thread for each place, made once; tasks made once.
 * Closing it closes all places at once. Not thread-safe.
 */
final class BarrierFanOut extends OutputStream {

    /** One place: takes the bytes of the current call and returns how many it took. */
    private final class Sink implements Callable<Integer> {

        private final OutputStream out;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public Integer call() throws IOException {
            out.write(bytes, offset, length);
            return length;
        }

        int callUnchecked() {
            try {
                return call();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }

    private final ExecutorService pool;
    private final List<Sink> sinks = new ArrayList<>();
    /** What the current call writes; handed to the pool with the tasks, which order it before their run. */
    private byte[] bytes = new byte[0];

    private int offset;
    private int length;

    /**
     * Puts it in front of places.
     *
     * @param pool with a thread for each place at least; it stays open
     */
    BarrierFanOut(ExecutorService pool, List<? extends OutputStream> places) {
        this.pool = pool;
        places.forEach(place -> sinks.add(new Sink(place)));
    }

    /** Writes once everywhere, through {@link ExecutorService#invokeAll}. */
    @Override
    public void write(byte[] written, int from, int count) throws IOException {
        bytes = written;
        offset = from;
        length = count;
        callAll(sinks);
    }

    @Override
    public void write(int written) throws IOException {
        write(new byte[] {(byte) written}, 0, 1);
    }

    private <T> void callAll(List<? extends Callable<T>> calls) throws IOException {
        try {
            List<Future<T>> futures = pool.invokeAll(calls);
            T first = futures.get(0).get();
            for (Future<T> future : futures) {
                compare(first, future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for all places", e);
        } catch (ExecutionException e) {
            throw new IOException("One place failed", e.getCause());
        }
    }

    /** Writes once everywhere, through {@link CompletableFuture}. */
    int writeWithFutures(byte[] written) {
        bytes = written;
        offset = 0;
        length = written.length;
        List<CompletableFuture<Integer>> futures = new ArrayList<>(sinks.size());
        for (Sink sink : sinks) {
            futures.add(CompletableFuture.supplyAsync(sink::callUnchecked, pool));
        }
        int first = futures.get(0).join();
        for (CompletableFuture<Integer> future : futures) {
            compare(first, future.join());
        }
        return first;
    }

    private static void compare(Object first, Object other) {
        if (!first.equals(other)) {
            throw new IllegalStateException("One place returned " + first + ", another " + other);
        }
    }

    @Override
    public void close() throws IOException {
        callAll(sinks.stream().map(BarrierFanOut::closing).toList());
    }

    private static Callable<Boolean> closing(Sink sink) {
        return () -> {
            sink.out.close();
            return true;
        };
    }
}
