package io.parallelwrite.stream;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to a target that has been asked for: what it returns in time, and what it returns in the end.
 *
 * <p>The two differ when the deadline passes first: {@code inTime} fails then, and {@code atLast} completes when the call
 * itself ends, which may be never. What it returns must then still be released, as a stream must be closed.
 *
 * @param inTime completes with the result, or fails with what the call threw, with an {@link
 *     io.parallelwrite.outcome.DeadlineExceededException}, or with the reason why the call was never made
 * @param atLast completes, with the same result or failure, when nothing of the call runs any more
 * @param <T> what the call returns
 */
public record TargetCall<T extends @Nullable Object>(CompletableFuture<T> inTime, CompletableFuture<T> atLast) {

    /**
     * Returns the result in time, and has one that comes too late released.
     *
     * @param release takes what nobody waits for any more, on the worker that made the call
     * @return {@link #inTime()}
     */
    public CompletableFuture<T> inTimeOrReleased(Consumer<? super T> release) {
        atLast.thenAccept(result -> {
            if (inTime.isCompletedExceptionally()) {
                release.accept(result);
            }
        });
        return inTime;
    }
}
