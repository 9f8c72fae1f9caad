package io.parallelwrite.stream;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.LaggingTargetException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutException;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetWrite;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The way of one write to one target: turns what the write wants into steps of a {@link StepQueue}, and keeps the target
 * write they go to.
 *
 * <p>Thread-safe.
 */
final class Lane implements StepOwner {

    /** Hears what becomes of a lane, on a worker or the alarm's thread. Must not throw. */
    interface Owner {

        /** The lane has failed and takes nothing more. */
        void laneFailed(Lane lane);

        /** The target has done something, well or not. */
        void laneMoved(Lane lane);

        /** A step was given up; it runs on, or will still be made. */
        void stepExpired(Lane lane, Phase phase);

        /** A step that was given up has ended after all. */
        void stepEndedLate(Lane lane, Phase phase, @Nullable Throwable failure);
    }

    /**
     * The first thing that went wrong.
     *
     * @param phase the step
     * @param offset how many bytes the target had taken
     * @param cause what it threw
     * @param atNanos when, by the engine's clock
     */
    record Failure(Phase phase, long offset, Throwable cause, long atNanos) {

        /** Keeps what went wrong after it below the cause. */
        void suppress(@Nullable Throwable later) {
            if (later != null && !cause.equals(later)) {
                cause.addSuppressed(later);
            }
        }
    }

    private final EngineTarget target;
    private final StepQueue steps;
    private final Owner owner;
    private final Deadlines deadlines;
    private final LaneClock total;

    // written by the OPEN step, read by later steps; the queue's turns order them. Volatile for abort()
    private volatile @Nullable TargetWrite targetWrite;

    // written by the alarm before the lane fails for it, read by who hears of the failure
    private volatile boolean overdue;

    Lane(EngineTarget target, TargetWorkers workers, Deadlines deadlines, DeadlineTimer timer, Owner owner) {
        this.target = target;
        this.owner = owner;
        this.deadlines = deadlines;
        this.total = new LaneClock(timer, this::endOverdue);
        this.steps = new StepQueue(workers, deadlines, timer, this);
    }

    EngineTarget target() {
        return target;
    }

    @Nullable
    Failure failure() {
        return steps.failure();
    }

    /** Tells whether the lane failed because its part of the write took longer than all of it may. */
    boolean isOverdue() {
        return overdue;
    }

    /** Returns how many bytes the caller has written and the target has not taken. */
    long behindByteCount() {
        return steps.behindByteCount();
    }

    CompletableFuture<?> open(WriteRequest request) {
        if (deadlines.limitTotal()) {
            total.restart(deadlines.total());
        }
        return steps.submit(new LaneStep<Object>(
                Phase.OPEN, () -> target.target().open(request).thenAccept(opened -> targetWrite = opened)));
    }

    /** Queues a chunk, of which the lane owns one reference. */
    void write(Chunk chunk) {
        ByteBuffer view = chunk.view();
        CompletableFuture<?> unused =
                steps.submit(new LaneStep<Object>(Phase.WRITE, () -> opened().write(view), chunk, view));
    }

    /** Queues bytes that stay as they are until the step has ended. */
    CompletableFuture<?> write(ByteBuffer bytes) {
        return steps.submit(new LaneStep<Object>(Phase.WRITE, () -> opened().write(bytes), null, bytes));
    }

    CompletableFuture<?> prepare(ContentDigest content) {
        CompletableFuture<?> prepared =
                steps.submit(new LaneStep<Object>(Phase.PREPARE, () -> opened().prepare(content)));
        return prepared.whenComplete((done, ex) -> total.close());
    }

    private void endOverdue() {
        overdue = true;
        steps.giveUp(phase -> DeadlineExceededException.ofTotal(deadlines.total()));
    }

    /** Detaches the target, unless it has failed, prepared or is being aborted. */
    void detach(Duration patience) {
        boolean callRuns = steps.giveUp(phase -> new LaggingTargetException(phase, patience, steps.behindByteCount()));
        Failure failure = failure();
        if (callRuns && failure != null) {
            target.breaker().failed(failure.phase(), failure.cause()); // as if its deadline had passed
        }
    }

    /** Tells whether the target asks to commit before others; asked after it has prepared. */
    boolean commitsFirst() {
        TargetWrite opened = targetWrite;
        return opened != null && opened.commitsFirst();
    }

    CompletableFuture<Receipt> commit() {
        return steps.submit(new LaneStep<>(Phase.COMMIT, () -> opened().commit()));
    }

    CompletableFuture<?> delete(TargetPath path) {
        return steps.submit(
                new LaneStep<Object>(Phase.DELETE, () -> target.target().delete(path)));
    }

    /** Drops what is queued, asks a running call to end, and discards what is staged once it has. */
    CompletableFuture<?> abort() {
        total.close();
        if (!steps.end()) {
            return CompletableFuture.completedFuture(null);
        }
        TargetWrite opened = targetWrite;
        if (opened != null) {
            try {
                opened.cancel();
            } catch (RuntimeException | Error ex) {
                steps.fail(Phase.ABORT, ex);
            }
        }
        return steps.submit(new LaneStep<Object>(Phase.ABORT, this::abortOpened));
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

    /** Fails the lane at once if its target is out. */
    void failIfOut(Phase phase) {
        TargetOutException refusal = target.breaker().refusal();
        if (refusal != null) {
            steps.fail(phase, refusal);
        }
    }

    /** Fails the lane for a reason outside its target's calls. */
    void fail(Phase phase, Throwable cause) {
        steps.fail(phase, cause);
    }

    /** The outcome is known: nothing is timed after the last step. */
    void close() {
        total.close();
        steps.close();
    }

    @Override
    public void failed() {
        total.close();
        owner.laneFailed(this);
    }

    @Override
    public void stepEnded() {
        owner.laneMoved(this);
    }

    @Override
    public void callEnded(Phase phase, @Nullable Throwable cause) {
        if (cause != null) {
            target.breaker().failed(phase, cause);
        } else if (phase == Phase.COMMIT || phase == Phase.DELETE) {
            target.breaker().succeeded();
        }
    }

    @Override
    public void stepExpired(Phase phase) {
        owner.stepExpired(this, phase);
    }

    @Override
    public void stepEndedLate(Phase phase, @Nullable Throwable failure) {
        owner.stepEndedLate(this, phase, failure);
    }
}
