package io.parallelwrite.handle;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The worker that stands by while the caller calls the handles itself.
 *
 * <p>While calls follow one another it looks at the round under way every half millisecond, which costs the caller nothing.
 * A round in which no handle was taken since the last look waits for one: the worker takes the next, and asks all others to
 * come too. A caller that knows earlier wakes it. A round that goes on, but is not over, has many short calls: those use a
 * processor, so one more worker is asked at each look, as long as there are processors; more would only take turns with the
 * caller. When no call came for a while it ends, and the next call starts it again.
 *
 * <p>Thread-safe. Never blocks the caller.
 */
final class HandleStandby {

    private static final long LOOK_NANOS = 500_000;
    private static final int LOOKS_WHEN_IDLE = 20;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    // immutable
    private final HandleWorkers workers;

    // mutable, each visible at once to the other side: the caller writes round and reads standing, the worker writes
    // standing and reads round, so that one of the two always notices that a round began while the worker was ending
    private volatile @Nullable HandleRound<?> round;
    private volatile @Nullable Thread thread;
    private final AtomicBoolean standing = new AtomicBoolean();
    private volatile boolean closed;

    HandleStandby(HandleWorkers workers) {
        this.workers = workers;
    }

    /** The caller begins to call the handles. */
    void begin(HandleRound<?> begun) {
        round = begun;
        if (standing.compareAndSet(false, true) && !workers.execute(this::stand)) {
            standing.set(false); // no thread to be had; the next round tries again
        }
    }

    /** The caller wants all workers now. */
    void callAll(HandleRound<?> under) {
        under.markSlow();
        LockSupport.unpark(thread); // looks at once; one that is only starting does so anyway
    }

    /** The round is over. */
    void end() {
        round = null;
    }

    /** There will be no round any more. */
    void close() {
        closed = true;
        LockSupport.unpark(thread); // ends at once
    }

    private void stand() {
        thread = Thread.currentThread();
        do {
            lookUntilIdle();
            standing.set(false);
        } while (round != null && standing.compareAndSet(false, true));
    }

    private void lookUntilIdle() {
        HandleRound<?> seen = null;
        int untaken = 0;
        int assistants = 0;
        for (int idle = 0; idle < LOOKS_WHEN_IDLE && !closed; idle++) {
            HandleRound<?> now = round;
            int left = now == null ? 0 : now.untakenCount();
            assistants = now == seen ? assistants : 0;
            if (now != null) {
                idle = 0;
            }
            if (now != null && left > 0) {
                if (now.isSlow() || (now == seen && left == untaken)) {
                    workers.work(now);
                } else if (now == seen && ++assistants < PROCESSORS) {
                    workers.assist(now);
                }
            }
            seen = now;
            untaken = left;
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }
}
