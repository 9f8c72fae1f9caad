package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    /** The target's view of the chunk; nothing may remain in it after the call. */
    private final @Nullable ByteBuffer view;

    // mutable, guarded by the lane
    /** Whether its deadline passed before it ended; its end is then a late completion. */
    boolean expired;
    /** Whether it was running when its deadline passed, and so counts as a call that has not returned. */
    boolean abandoned;

    LaneStep(Phase phase, Call<T> call) {
        this(phase, call, null, null);
    }

    LaneStep(Phase phase, Call<T> call, @Nullable Chunk chunk, @Nullable ByteBuffer view) {
        this.phase = phase;
        this.call = call;
        this.chunk = chunk;
        this.view = view;
    }

    /** Makes the call; whatever it throws is what the stage fails with. */
    CompletionStage<? extends T> start() {
        try {
            CompletionStage<? extends T> started = call.start();
            return started != null ? started : CompletableFuture.failedFuture(new NullPointerException("no stage"));
        } catch (Throwable ex) { // also an Error: the write ends cleanly and carries it as its cause
            return CompletableFuture.failedFuture(ex);
        }
    }

    /** It will never be made; of a change that was never sent it is certain that it was not applied. */
    void drop(Throwable reason) {
        releaseChunk();
        boolean change = phase == Phase.COMMIT || phase == Phase.DELETE;
        result.completeExceptionally(
                change ? new NotAppliedException("it was never sent: " + reason.getMessage(), reason) : reason);
    }

    /** Returns what went wrong with a call that threw this, or seems to have succeeded; {@code null} if nothing did. */
    @Nullable
    Throwable causeOf(@Nullable Throwable thrown) {
        if (thrown == null) {
            return shortfall();
        }
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private @Nullable IOException shortfall() {
        return view == null || !view.hasRemaining()
                ? null
                : new IOException("the target left " + view.remaining() + " of " + view.limit() + " bytes untaken");
    }

    @SuppressWarnings("NullAway") // a CompletableFuture may complete with null; only steps without a result do
    void complete(@Nullable T value, @Nullable Throwable cause) {
        if (cause == null) {
            result.complete(value); // the caller waiting for this phase goes on
        } else {
            result.completeExceptionally(cause);
        }
    }

    /** Returns how many bytes the target is to take. */
    int byteCount() {
        return chunk == null ? 0 : chunk.length();
    }

    void releaseChunk() {
        if (chunk != null) {
            chunk.release(); // the caller, if it waits for memory, is woken by the pool
        }
    }
}
