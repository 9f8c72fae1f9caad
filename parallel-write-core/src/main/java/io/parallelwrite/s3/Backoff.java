package io.parallelwrite.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The growing pause between attempts of one request: 100 ms, doubled each time up to 5 s, each with up to half added. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;
    private static final int MAX_DOUBLINGS = 10;

    private Backoff() {}

    /** Returns an executor that runs something after the pause that follows a number of failures. Holds no thread. */
    static Executor after(int failureCount) {
        long pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(MAX_DOUBLINGS, failureCount - 1));
        long jitter = ThreadLocalRandom.current().nextLong(pause / 2);
        return CompletableFuture.delayedExecutor(pause + jitter, TimeUnit.MILLISECONDS);
    }
}
