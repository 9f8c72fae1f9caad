package io.parallelwrite.stream;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The queue and serial task that feed one target write.
 *
 * <h2>Serial, without a thread</h2>
 * Steps are queued by the caller's thread and made one at a time, in order. The lane asks for a worker when it gets a
 * step while idle, gives the worker back when it has none, and also while a target's stage is pending: the thread that
 * completes the stage asks for the next turn. {@code active} is true from the first request until the queue is found
 * empty, so there is never more than one turn.
 *
 * <h2>Deadlines</h2>
 * One {@link LaneClock} runs while the lane is active; every step that ends restarts it with the limit of the next. When
 * it expires, the lane has failed: the running step is abandoned, not interrupted, and its result completes at once with
 * a {@link DeadlineExceededException}. The steps after it, an abort included, wait until it has really ended, because a
 * target write is not thread-safe.
 *
 * <h2>Failure</h2>
 * After the first failure every step but ABORT is dropped, chunks are released at once, and the owner is told. A failed
 * lane therefore never holds up the others.
 *
 * <p>Thread-safe. Its monitor is held for bookkeeping only: no target, listener or future is called under it.
 */
final class Lane implements TargetWorkers.Turn {

    /** Hears what becomes of a lane; called outside its monitor, on a worker or the alarm's thread. */
    interface Owner {

        /** The lane has failed and takes nothing more. */
        void laneFailed(Lane lane);

        /** The running call was given up at its deadline. */
        void callAbandoned(Lane lane, Phase phase);

        /** A call that was given up has ended after all. */
        void callEndedLate(Lane lane, Phase phase, @Nullable Throwable failure);
    }

    /** The first thing that went wrong. */
    record Failure(Phase phase, long offset, Throwable cause) {}

    /** After so many steps a lane goes to the end of its target's queue, so that others get their turn. */
    private static final int STEPS_PER_TURN = 16;

    // immutable
    private final Target target;
    private final TargetWorkers workers;
    private final Deadlines deadlines;
    private final Owner owner;
    private final LaneClock clock;

    // mutable, guarded by this
    private final ArrayDeque<LaneStep<?>> queue = new ArrayDeque<>();
    private @Nullable LaneStep<?> running;
    private boolean active;
    private boolean ending;
    private boolean closed;
    private @Nullable Failure failure;
    private long takenByteCount;

    // written by the OPEN step, read by later steps; the lane's turns order them. Volatile for cancel()
    private volatile @Nullable TargetWrite targetWrite;

    Lane(Target target, TargetWorkers workers, Deadlines deadlines, DeadlineTimer timer, Owner owner) {
        this.target = target;
        this.workers = workers;
        this.deadlines = deadlines;
        this.owner = owner;
        this.clock = new LaneClock(timer, this::expire);
    }

    Target target() {
        return target;
    }

    synchronized @Nullable Failure failure() {
        return failure;
    }

    CompletableFuture<? extends TargetWrite> open(WriteRequest request) {
        return submit(new LaneStep<>(Phase.OPEN, () -> target.open(request), null));
    }

    /** Queues a chunk, of which the lane owns one reference. */
    void write(Chunk chunk) {
        submit(new LaneStep<Object>(Phase.WRITE, () -> opened().write(chunk.view()), chunk));
    }

    CompletableFuture<?> prepare(ContentDigest content) {
        return submit(new LaneStep<Object>(Phase.PREPARE, () -> opened().prepare(content), null));
    }

    CompletableFuture<Receipt> commit() {
        return submit(new LaneStep<>(Phase.COMMIT, () -> opened().commit(), null));
    }

    CompletableFuture<?> delete(TargetPath path) {
        return submit(new LaneStep<Object>(Phase.DELETE, () -> target.delete(path), null));
    }

    /** Drops what is queued, asks a running call to end, and discards what is staged once it has. */
    CompletableFuture<?> abort() {
        List<LaneStep<?>> dropped;
        synchronized (this) {
            ending = true;
            dropped = takeQueue();
        }
        IOException reason = new IOException("the write was aborted");
        dropped.forEach(step -> step.drop(reason));
        TargetWrite opened = targetWrite;
        if (opened != null) {
            opened.cancel();
        }
        return submit(new LaneStep<Object>(Phase.ABORT, this::abortOpened, null));
    }

    private CompletionStage<?> abortOpened() throws IOException {
        TargetWrite opened = targetWrite;
        return opened == null ? TargetWrite.done() : opened.abort();
    }

    private TargetWrite opened() throws IOException {
        TargetWrite opened = targetWrite;
        if (opened == null) {
            throw new IOException("the target write was never opened");
        }
        return opened;
    }

    /** Fails the lane for a reason outside its target's calls. */
    void fail(Phase phase, Throwable cause) {
        List<LaneStep<?>> dropped;
        synchronized (this) {
            dropped = recordFailure(phase, cause);
        }
        announce(dropped, cause);
    }

    private <T> CompletableFuture<T> submit(LaneStep<T> step) {
        boolean accepted;
        boolean wake = false;
        synchronized (this) {
            accepted = step.phase == Phase.ABORT || (failure == null && !ending);
            if (accepted) {
                queue.add(step);
                wake = !active;
                active = true;
                if (wake || step.phase == Phase.ABORT) {
                    clock.restart(deadlines.of(step.phase));
                }
            }
        }
        if (!accepted) {
            Failure earlier = failure();
            step.drop(earlier == null ? new IOException("the write was aborted") : earlier.cause());
        } else if (wake) {
            workers.execute(this); // a worker calls run()
        }
        return step.result;
    }

    @Override
    public void run() {
        for (int i = 0; i < STEPS_PER_TURN; i++) {
            LaneStep<?> step = next();
            if (step == null || !make(step)) {
                return;
            }
        }
        workers.execute(this);
    }

    private synchronized @Nullable LaneStep<?> next() {
        LaneStep<?> step = queue.poll();
        running = step;
        if (step == null) {
            active = false; // the next submit() wakes a worker
            stopClock();
        }
        return step;
    }

    /** Makes one call; returns whether it has ended. If not, its end asks for the next turn. */
    private <T> boolean make(LaneStep<T> step) {
        CompletableFuture<? extends T> stage;
        try {
            CompletionStage<? extends T> started = step.call.start();
            if ((Object) started == TargetWrite.done()) {
                ended(step, null, null);
                return true;
            }
            stage = started.toCompletableFuture();
        } catch (Throwable ex) { // also an Error: the write ends cleanly and carries it as its cause
            ended(step, null, ex);
            return true;
        }
        if (stage.isDone()) {
            stage.whenComplete((value, ex) -> ended(step, value, ex));
            return true;
        }
        stage.whenComplete((value, ex) -> {
            ended(step, value, ex);
            workers.execute(this);
        });
        return false;
    }

    private <T> void ended(LaneStep<T> step, @Nullable T value, @Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (value instanceof TargetWrite opened) {
            targetWrite = opened;
        }
        List<LaneStep<?>> dropped = List.of();
        boolean late;
        synchronized (this) {
            running = null;
            late = step.abandoned;
            if (!late && cause != null && step.phase != Phase.ABORT) {
                dropped = recordFailure(step.phase, cause);
            } else if (!late && step.chunk != null) {
                takenByteCount += step.chunk.length();
            }
            LaneStep<?> following = queue.peek();
            if (following != null) {
                clock.restart(deadlines.of(following.phase));
            }
        }
        step.releaseChunk();
        if (late) {
            workers.callReturned();
            owner.callEndedLate(this, step.phase, cause);
        } else if (cause == null) {
            complete(step, value);
        } else {
            if (step.phase != Phase.ABORT) {
                announce(dropped, cause);
            }
            step.result.completeExceptionally(cause);
        }
    }

    @SuppressWarnings("NullAway") // a CompletableFuture may complete with null; only steps without a result do
    private static <T> void complete(LaneStep<T> step, @Nullable T value) {
        step.result.complete(value); // the caller waiting for this phase goes on
    }

    /** The deadline passed. On the alarm's thread. */
    private void expire() {
        LaneStep<?> stuck;
        LaneStep<?> late;
        DeadlineExceededException reason;
        List<LaneStep<?>> dropped = List.of();
        synchronized (this) {
            stuck = running;
            late = stuck == null || stuck.abandoned ? queue.peek() : stuck;
            if (!active || late == null) {
                return;
            }
            reason = new DeadlineExceededException(late.phase, deadlines.of(late.phase));
            if (late == stuck) {
                stuck.abandoned = true;
            } else {
                stuck = null;
            }
            if (late.phase != Phase.ABORT) {
                dropped = recordFailure(late.phase, reason);
                if (!queue.isEmpty()) {
                    clock.restart(deadlines.abort()); // an ABORT waits for the stuck call; its own deadline begins
                }
            }
        }
        if (stuck != null) {
            workers.callAbandoned();
            owner.callAbandoned(this, stuck.phase);
        }
        if (late.phase != Phase.ABORT) {
            announce(dropped, reason);
        }
        late.result.completeExceptionally(reason); // an ABORT stays queued and is made when the stuck call has ended
    }

    @Override
    public boolean refused(IOException reason) {
        List<LaneStep<?>> dropped;
        boolean cleanUpLeft;
        synchronized (this) {
            LaneStep<?> next = queue.peek();
            dropped = recordFailure(next == null ? Phase.WRITE : next.phase, reason);
            cleanUpLeft = !queue.isEmpty();
            active = cleanUpLeft;
        }
        announce(dropped, reason);
        return cleanUpLeft;
    }

    @Override
    public void lost(IOException reason) {
        refused(reason);
        List<LaneStep<?>> dropped;
        synchronized (this) {
            dropped = new ArrayList<>(queue);
            queue.clear();
            active = false;
            stopClock();
        }
        dropped.forEach(step -> step.drop(reason));
    }

    /** The outcome is known: the clock ends with the last step. */
    synchronized void close() {
        closed = true;
        if (!active) {
            stopClock();
        }
    }

    /** Guarded by this. Between steps the alarm stays for the next; after the last it goes. */
    private void stopClock() {
        if (closed) {
            clock.close();
        } else {
            clock.stop();
        }
    }

    /** Guarded by this. Returns the steps that will not be made, for {@link #announce}. */
    private List<LaneStep<?>> recordFailure(Phase phase, Throwable cause) {
        if (failure == null) {
            failure = new Failure(phase, takenByteCount, cause);
        }
        return takeQueue();
    }

    /** Guarded by this. Takes all steps but ABORT out of the queue. */
    private List<LaneStep<?>> takeQueue() {
        List<LaneStep<?>> taken = new ArrayList<>(queue);
        taken.removeIf(step -> step.phase == Phase.ABORT);
        queue.removeAll(taken);
        return taken;
    }

    private void announce(List<LaneStep<?>> dropped, Throwable cause) {
        dropped.forEach(step -> step.drop(cause));
        owner.laneFailed(this);
    }
}
