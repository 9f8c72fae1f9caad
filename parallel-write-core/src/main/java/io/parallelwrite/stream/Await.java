package io.parallelwrite.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The places where the caller's thread waits; nothing else in the engine does.
 *
 * <p>A thread may wait in its own way; see {@link Waiter}.
 */
public final class Await {

    /**
     * A thread that does not block when it waits, but makes go on what it waits for: the one thread of a simulation, on which
     * callers, workers and alarms take turns.
     */
    interface Waiter {

        /**
         * Returns when the future is done, or if that is asked for, when the thread is interrupted, whose flag stays set.
         *
         * @param future what is waited for
         * @param interruptibly whether an interrupt ends the waiting
         */
        void await(CompletableFuture<?> future, boolean interruptibly);
    }

    private Await() {}

    /**
     * Waits until all have completed, well or not.
     *
     * @param futures each keeps its own failure
     * @throws InterruptedIOException if the thread was interrupted; its flag is set again
     */
    public static void interruptibly(Collection<? extends CompletableFuture<?>> futures) throws InterruptedIOException {
        try {
            waitFor(all(futures), true).get();
        } catch (InterruptedException ex) {
            throw interrupted();
        } catch (ExecutionException ex) {
            // Each failure is read from its own future.
        }
    }

    /**
     * Waits for one value.
     *
     * @param future its failure is thrown as it is, one that is no {@link IOException} as the cause of one
     * @param <T> the type of the value
     * @return the value
     * @throws IOException what the future failed with, or an {@link InterruptedIOException} if the thread was interrupted;
     *     its flag is then set again
     */
    public static <T> T interruptibly(CompletableFuture<T> future) throws IOException {
        try {
            return waitFor(future, true).get();
        } catch (InterruptedException ex) {
            throw interrupted();
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof Error error) {
                throw error;
            }
            throw ex.getCause() instanceof IOException cause ? cause : new IOException(ex.getCause());
        }
    }

    /** Waits until all have completed, well or not. An interrupt is kept for later. */
    static void uninterruptibly(Collection<? extends CompletableFuture<?>> futures) {
        try {
            waitFor(all(futures), false).join(); // join() waits on through an interrupt and sets the flag again
        } catch (CompletionException ex) {
            // Each failure is read from its own future.
        }
    }

    private static <T> CompletableFuture<T> waitFor(CompletableFuture<T> future, boolean interruptibly) {
        if (Thread.currentThread() instanceof Waiter waiter) {
            waiter.await(future, interruptibly);
        }
        return future;
    }

    private static CompletableFuture<Void> all(Collection<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The thread was interrupted while it waited for the targets");
    }
}
