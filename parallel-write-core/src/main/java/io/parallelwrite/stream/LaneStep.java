package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call to a target, waiting in its lane or running.
 *
 * <p>The flags are guarded by the lane.
 *
 * @param <T> what the call returns
 */
final class LaneStep<T> {

    /**
     * The call itself.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    interface Call<T> {
        CompletionStage<? extends T> start() throws IOException;
    }

    // immutable
    final Phase phase;
    final Call<T> call;
    /** Completed once: when the call ends, when its deadline passes, or when it will never be made. */
    final CompletableFuture<T> result = new CompletableFuture<>();
    /** The bytes of a WRITE step: released when the call has really ended, or will never be made. */
    final @Nullable Chunk chunk;

    // mutable, guarded by the lane
    /** Whether its deadline passed while it ran; its end is then a late completion. */
    boolean abandoned;

    LaneStep(Phase phase, Call<T> call, @Nullable Chunk chunk) {
        this.phase = phase;
        this.call = call;
        this.chunk = chunk;
    }

    /** It will never be made. */
    void drop(Throwable reason) {
        releaseChunk();
        result.completeExceptionally(reason);
    }

    void releaseChunk() {
        if (chunk != null) {
            chunk.release(); // the caller, if it waits for memory, is woken by the pool
        }
    }
}
