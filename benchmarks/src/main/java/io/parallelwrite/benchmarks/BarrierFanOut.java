package io.parallelwrite.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * The other way to write to several places at once: every single call goes to a pool, once for each place; the caller
 * waits for all and compares what they returned.
 *
 * <p>It is given every advantage the design leaves: one pool with a thread for each place, made once; tasks made once;
 * places that only checksum and count. Not thread-safe.
 */
final class BarrierFanOut implements AutoCloseable {

    /** One place: takes the bytes of the current call and returns how many it took. */
    private final class Sink implements Callable<Integer> {

        private final CRC32C crc = new CRC32C();

        @Override
        public Integer call() {
            crc.update(bytes, 0, bytes.length);
            return bytes.length;
        }
    }

    private final ExecutorService pool;
    private final List<Sink> sinks = new ArrayList<>();
    /** What the current call writes; handed to the pool with the tasks, which order it before their run. */
    private byte[] bytes = new byte[0];

    BarrierFanOut(int places) {
        pool = Executors.newFixedThreadPool(places);
        for (int i = 0; i < places; i++) {
            sinks.add(new Sink());
        }
    }

    /** Writes once everywhere, through {@link ExecutorService#invokeAll}. */
    int writeInvokingAll(byte[] written) throws Exception {
        bytes = written;
        List<Future<Integer>> futures = pool.invokeAll(sinks);
        int first = futures.get(0).get();
        for (Future<Integer> future : futures) {
            compare(first, future.get());
        }
        return first;
    }

    /** Writes once everywhere, through {@link CompletableFuture}. */
    int writeWithFutures(byte[] written) {
        bytes = written;
        List<CompletableFuture<Integer>> futures = new ArrayList<>(sinks.size());
        for (Sink sink : sinks) {
            futures.add(CompletableFuture.supplyAsync(sink::call, pool));
        }
        int first = futures.get(0).join();
        for (CompletableFuture<Integer> future : futures) {
            compare(first, future.join());
        }
        return first;
    }

    /** Returns the checksums, after they were found equal. */
    long checksum() {
        long first = sinks.get(0).crc.getValue();
        if (sinks.stream().anyMatch(sink -> sink.crc.getValue() != first)) {
            throw new IllegalStateException("The copies differ");
        }
        return first;
    }

    private static void compare(int first, int other) {
        if (first != other) {
            throw new IllegalStateException("One place took " + first + " bytes, another " + other);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
