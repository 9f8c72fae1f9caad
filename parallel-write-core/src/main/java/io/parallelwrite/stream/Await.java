package io.parallelwrite.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The places where the caller's thread waits; nothing else in the engine does. */
final class Await {

    private Await() {}

    /** Waits until all have completed, well or not, or the thread is interrupted; the flag is then set again. */
    static void interruptibly(Collection<? extends CompletableFuture<?>> futures) throws InterruptedIOException {
        try {
            all(futures).get();
        } catch (InterruptedException ex) {
            throw interrupted();
        } catch (ExecutionException ex) {
            // Each failure is read from its own future.
        }
    }

    /** Waits for one value; a failure is thrown as it is. */
    static <T> T interruptibly(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
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
            all(futures).join(); // join() waits on through an interrupt and sets the flag again
        } catch (CompletionException ex) {
            // Each failure is read from its own future.
        }
    }

    private static CompletableFuture<Void> all(Collection<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The thread was interrupted while it waited for the targets");
    }
}
