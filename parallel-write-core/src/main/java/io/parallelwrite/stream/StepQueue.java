package io.parallelwrite.stream;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one lane: made one at a time, in order, each within its deadline, until one fails.
 *
 * <h2>Serial, without a thread</h2>
 * Steps are queued by the caller's thread. The queue asks for a worker when it gets a step while idle, gives the worker
 * back when it has none, and also while a target's stage is pending: the thread that completes the stage asks for the
 * next turn. {@code active} is true from the first request until the queue is found empty, so there is never more than
 * one turn.
 *
 * <h2>Deadlines</h2>
 * The {@link LaneClock} starts when a step becomes the next to be made, so that waiting for a worker counts, and stops
 * when it ends. When it expires, the lane has failed: the running step is abandoned, not interrupted, and its result
 * completes at once with a {@link DeadlineExceededException}. An abort after it waits until it has really ended, because
 * a target write is not thread-safe; nobody waits for that abort. A lane is {@linkplain #giveUp given up} for other reasons in
 * the same way, until it has prepared.
 *
 * <h2>Failure</h2>
 * After the first failure every step but ABORT is dropped, chunks are released at once, and the owner is told. A failed
 * lane therefore never holds up the others.
 *
 * <p>Thread-safe. Its monitor is held for bookkeeping only: no target, listener or future is called under it.
 */
final class StepQueue implements TargetWorkers.Turn {

    /** After so many steps a lane goes to the end of its target's queue, so that others get their turn. */
    private static final int STEPS_PER_TURN = 16;

    // immutable
    private final TargetWorkers workers;
    private final Deadlines deadlines;
    private final DeadlineTimer timer;
    private final StepOwner owner;
    private final LaneClock clock;

    // mutable, guarded by this
    private final ArrayDeque<LaneStep<?>> queue = new ArrayDeque<>();
    private @Nullable LaneStep<?> running;
    private boolean active;
    private boolean begun;
    private boolean ending;
    private boolean prepared;
    private Lane.@Nullable Failure failure;
    private long queuedByteCount;
    private long takenByteCount;

    StepQueue(TargetWorkers workers, Deadlines deadlines, DeadlineTimer timer, StepOwner owner) {
        this.workers = workers;
        this.deadlines = deadlines;
        this.timer = timer;
        this.owner = owner;
        this.clock = new LaneClock(timer, this::expire);
    }

    synchronized Lane.@Nullable Failure failure() {
        return failure;
    }

    /** Returns how many bytes were queued and have not been taken. */
    synchronized long behindByteCount() {
        return queuedByteCount - takenByteCount;
    }

    /** Drops what is queued and takes nothing more but an ABORT; returns whether any step was ever made. */
    boolean end() {
        List<LaneStep<?>> dropped;
        boolean touched;
        synchronized (this) {
            ending = true;
            dropped = takeQueue();
            touched = begun;
        }
        dropped.forEach(step -> step.drop(new IOException("the write was aborted")));
        return touched;
    }

    /** Fails the lane for a reason outside its steps. */
    void fail(Phase phase, Throwable cause) {
        List<LaneStep<?>> dropped;
        synchronized (this) {
            dropped = recordFailure(phase, cause);
        }
        announce(dropped, cause);
    }

    <T> CompletableFuture<T> submit(LaneStep<T> step) {
        boolean accepted;
        boolean wake = false;
        boolean behindStuckCall = false;
        synchronized (this) {
            accepted = step.phase == Phase.ABORT || (failure == null && !ending);
            if (accepted) {
                behindStuckCall = running != null && running.expired;
                queue.add(step);
                queuedByteCount += step.byteCount();
                wake = !active;
                active = true;
                step.expired = behindStuckCall;
                if (!behindStuckCall && (running == null || step.phase == Phase.ABORT) && queue.size() == 1) {
                    clock.restart(deadlines.of(step.phase));
                }
            }
        }
        if (!accepted) {
            Lane.Failure earlier = failure();
            step.drop(earlier == null ? new IOException("the write was aborted") : earlier.cause());
        } else if (behindStuckCall) {
            owner.stepExpired(step.phase);
            step.result.completeExceptionally(
                    new IOException("an earlier call has not returned; what is staged is discarded when it does"));
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
            clock.stop();
        } else {
            begun = true;
        }
        return step;
    }

    /** Makes one call; returns whether it has ended. If not, its end asks for the next turn. */
    private <T> boolean make(LaneStep<T> step) {
        CompletionStage<? extends T> started = step.start();
        if (started.equals(TargetWrite.done())) {
            ended(step, null, null);
            return true;
        }
        CompletableFuture<? extends T> stage = started.toCompletableFuture();
        boolean done = stage.isDone();
        stage.whenComplete((value, ex) -> {
            try {
                ended(step, value, ex);
            } finally {
                if (!done) {
                    workers.execute(this);
                }
            }
        });
        return done;
    }

    private <T> void ended(LaneStep<T> step, @Nullable T value, @Nullable Throwable thrown) {
        Throwable cause = step.causeOf(thrown);
        List<LaneStep<?>> dropped = List.of();
        boolean late;
        boolean returned;
        boolean counts;
        synchronized (this) {
            counts = !step.expired && !ending && step.phase != Phase.ABORT;
            running = null;
            late = step.expired;
            returned = step.abandoned;
            if (!late && cause != null && step.phase != Phase.ABORT) {
                dropped = recordFailure(step.phase, cause);
            } else if (!late && cause == null) {
                takenByteCount += step.byteCount();
                prepared |= step.phase == Phase.PREPARE;
            }
            startClockForNext();
        }
        if (returned) {
            workers.callReturned();
        }
        if (counts) {
            owner.callEnded(step.phase, cause);
        }
        try {
            step.releaseChunk();
            if (late) {
                owner.stepEndedLate(step.phase, cause);
            } else if (cause != null && step.phase != Phase.ABORT) {
                announce(dropped, cause);
            }
        } finally {
            step.complete(value, cause);
        }
        if (!late) {
            owner.stepEnded(); // whether the caller is still held up is looked at again
        }
    }

    /** Guarded by this. */
    private void startClockForNext() {
        LaneStep<?> next = queue.peek();
        if (next == null) {
            clock.stop();
        } else {
            clock.restart(deadlines.of(next.phase));
        }
    }

    /** The deadline passed. On the alarm's thread. */
    private void expire() {
        GivenUp givenUp;
        Phase phase;
        boolean counts;
        synchronized (this) {
            LaneStep<?> late = running != null ? running : queue.peek();
            if (clock.runs() || late == null || late.abandoned) {
                return; // the step ended just before, and the clock is stopped or runs for the next
            }
            phase = late.phase;
            counts = running != null && !ending && phase != Phase.ABORT;
            givenUp = giveUpSteps(phase, new DeadlineExceededException(phase, deadlines.of(phase)));
        }
        if (counts) {
            owner.callEnded(phase, givenUp.reason());
        }
        carryOut(givenUp);
    }

    /**
     * Fails the lane and leaves its running step to end on its own, unless it has failed, prepared or is being ended.
     *
     * @param why called under the monitor, with what the lane is at
     * @return whether a step runs on
     */
    boolean giveUp(Function<Phase, IOException> why) {
        GivenUp givenUp;
        synchronized (this) {
            if (failure != null || ending || prepared) {
                return false;
            }
            Phase phase = running != null ? running.phase : nextPhase();
            clock.stop();
            givenUp = giveUpSteps(phase, why.apply(phase));
        }
        carryOut(givenUp);
        return givenUp.abandoned() != null;
    }

    /** Guarded by this. */
    private GivenUp giveUpSteps(Phase phase, IOException reason) {
        List<LaneStep<?>> dropped = phase == Phase.ABORT ? List.of() : recordFailure(phase, reason);
        return GivenUp.of(reason, dropped, running, queue);
    }

    private void carryOut(GivenUp givenUp) {
        givenUp.letRun(workers);
        givenUp.expired().forEach(step -> owner.stepExpired(step.phase));
        if (failure() != null) {
            announce(givenUp.dropped(), givenUp.reason());
        }
        givenUp.fail(); // who waits for a step goes on
    }

    @Override
    public boolean insists(IOException reason) {
        List<LaneStep<?>> dropped;
        synchronized (this) {
            if (begun) {
                return true;
            }
            dropped = goWithout(reason);
        }
        announce(dropped, reason);
        return false;
    }

    @Override
    public void lost(IOException reason) {
        List<LaneStep<?>> dropped;
        synchronized (this) {
            dropped = goWithout(reason);
            dropped.addAll(queue); // aborts too
            queue.clear();
        }
        try { // who was told that it will still be made hears that it will not
            dropped.stream()
                    .filter(step -> step.expired)
                    .forEach(step -> owner.stepEndedLate(
                            step.phase, new NotAppliedException("no worker is left for it", reason)));
        } finally {
            announce(dropped, reason);
        }
    }

    /** Guarded by this. There is no turn. */
    private List<LaneStep<?>> goWithout(IOException reason) {
        active = false;
        clock.stop();
        return recordFailure(nextPhase(), reason);
    }

    /** Guarded by this. */
    private Phase nextPhase() {
        LaneStep<?> next = queue.peek();
        return next == null ? Phase.WRITE : next.phase;
    }

    /** The outcome is known: the clock ends with the last step. */
    synchronized void close() {
        clock.keepNoAlarm();
        if (!active) {
            clock.stop();
        }
    }

    /** Guarded by this. Returns the steps that will not be made, for {@link #announce}. */
    private List<LaneStep<?>> recordFailure(Phase phase, Throwable cause) {
        if (failure == null) {
            failure = new Lane.Failure(phase, takenByteCount, cause, timer.nanoTime());
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
        try {
            dropped.forEach(step -> step.drop(cause));
        } finally {
            owner.failed();
        }
    }
}
