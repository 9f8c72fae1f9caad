package io.parallelwrite.compare;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.TargetCall;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One open copy: its target's stream, read block by block on the target's workers.
 *
 * <p>A block is asked for only when the one before has been given. A call that overruns its deadline ends the lane; its
 * memory is never used again, and the stream is closed when the call has returned.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 */
final class CopyLane {

    private static final Log log = LogFactory.getLog(ParallelResourceReader.class);

    private final TargetCalls calls;
    private final InputStream stream;

    // guarded by this
    private CompletableFuture<?> lastCall = CompletableFuture.completedFuture(null);
    private boolean closed;

    private CopyLane(TargetCalls calls, InputStream stream) {
        this.calls = calls;
        this.stream = stream;
    }

    /** Opens a copy; completes with the lane, or fails with what the target threw or its deadline. */
    static CompletableFuture<CopyLane> open(TargetCalls calls, TargetPath path) {
        TargetCall<InputStream> opening =
                calls.submit(Phase.OPEN, () -> calls.target().read(path));
        CompletableFuture<CopyLane> lane = opening.inTime().thenApply(stream -> new CopyLane(calls, stream));
        opening.atLast().thenAccept(stream -> {
            if (opening.inTime().isCompletedExceptionally()) {
                new CopyLane(calls, stream).closeStream(); // too late: nobody waits for it any more
            }
        });
        return lane;
    }

    /** Waits for a lane; one that comes after the wait was interrupted is closed. */
    static CopyLane await(CompletableFuture<CopyLane> opening) throws IOException {
        try {
            return Await.interruptibly(opening);
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
        return calls.target().name();
    }

    /** Asks for the next bytes; completes with how many there are, fewer than the block only at the end of the copy. */
    CompletableFuture<Integer> fill(byte[] block) {
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new IOException("The read was closed"));
            }
            TargetCall<Integer> reading = calls.submit(Phase.READ, () -> stream.readNBytes(block, 0, block.length));
            lastCall = reading.atLast();
            return reading.inTime();
        }
    }

    /** Closes the stream, now or when the call that is out has returned. Idempotent; any thread. */
    void close() {
        CompletableFuture<?> out;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            out = lastCall;
        }
        out.whenComplete((count, failure) -> closeStream());
    }

    private void closeStream() {
        try {
            stream.close();
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "A copy read from target '" + target() + "' could not be closed; the bytes read are not affected",
                    e);
        }
    }
}
