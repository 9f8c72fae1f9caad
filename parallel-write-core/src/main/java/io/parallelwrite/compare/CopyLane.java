package io.parallelwrite.compare;

import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * One open copy: its target's stream, read block by block on the target's workers.
 *
 * <p>A block is asked for only when the one before has been given. A call that overruns its deadline ends the lane; its
 * memory is never used again, and the stream is closed when the call has returned.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 */
final class CopyLane {

    private final CallLane<InputStream> stream;

    private CopyLane(CallLane<InputStream> stream) {
        this.stream = stream;
    }

    /** Opens a copy; completes with the lane, or fails with what the target threw or its deadline. */
    static CompletableFuture<CopyLane> open(TargetCalls calls, TargetPath path) {
        return CallLane.open(calls, target -> target.target().read(path)).thenApply(CopyLane::new);
    }

    /** Waits for a lane; one that comes after the wait was interrupted is closed. */
    static CopyLane await(CompletableFuture<CopyLane> opening) throws IOException {
        return await(opening, new CompletableFuture<>());
    }

    /** Waits for a lane or for what ends the wait before; a lane that comes after that is closed. */
    static CopyLane await(CompletableFuture<CopyLane> opening, CompletableFuture<CopyLane> end) throws IOException {
        try {
            return Await.interruptibly(opening.applyToEither(end, lane -> lane));
        } catch (IOException ex) {
            opening.thenAccept(CopyLane::close);
            throw ex;
        }
    }

    /** Asks for the next bytes and waits for them; see {@link #fill}. */
    int read(byte[] block) throws IOException {
        return Await.interruptibly(fill(block));
    }

    String target() {
        return stream.target();
    }

    /** Asks for the next bytes; completes with how many there are, fewer than the block only at the end of the copy. */
    CompletableFuture<Integer> fill(byte[] block) {
        return stream.submit(in -> in.readNBytes(block, 0, block.length));
    }

    /**
     * Closes the stream, now or when the call that is out has returned; who waits for that call fails at once. Idempotent;
     * any thread.
     */
    void close() {
        stream.close();
    }
}
