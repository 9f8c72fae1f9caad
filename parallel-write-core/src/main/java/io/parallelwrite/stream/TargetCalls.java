package io.parallelwrite.stream;

import io.parallelwrite.outcome.DeadlineExceededException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocking calls to one target, outside writes, on the workers of its share and within its deadlines.
 *
 * <p><b>Threads.</b> A call runs on a worker; who asked for it may wait for its result or go on. Calls and the lanes of
 * writes take turns in the same queue, so a target that hangs holds no more than its share of the workers with both.
 *
 * <p><b>Deadlines.</b> The time starts when a call is asked for, so that waiting for a worker counts. A call that
 * overruns it is given up, never interrupted: its result fails, and it ends on its own. While as many calls as the share
 * have been given up and not returned, further ones fail at once.
 *
 * <p>Thread-safe. Nothing here blocks, but {@link #release} when there are no workers any more.
 */
public final class TargetCalls {

    private final EngineTarget target;
    private final TargetWorkers workers;
    private final Deadlines deadlines;
    private final DeadlineTimer timer;

    TargetCalls(EngineTarget target, TargetWorkers workers, Deadlines deadlines, DeadlineTimer timer) {
        this.target = target;
        this.workers = workers;
        this.deadlines = deadlines;
        this.timer = timer;
    }

    /**
     * Returns the target the calls go to.
     *
     * @return the target
     */
    public Target target() {
        return target.target();
    }

    /**
     * Tells whether writes do without the target at the moment. Calls may be made all the same: what cannot be written may
     * still be read.
     *
     * @return {@code true} if it is {@link io.parallelwrite.outcome.TargetState#OUT}
     */
    public boolean isOut() {
        return target.breaker().isOut();
    }

    /**
     * Asks for a call.
     *
     * @param phase says which deadline it has
     * @param call made once on a worker, or never; may block
     * @param <T> what it returns
     * @return its result, in time and at last
     */
    public <T extends @Nullable Object> TargetCall<T> submit(Phase phase, Callable<T> call) {
        Submitted<T> submitted = new Submitted<>(phase, call);
        submitted.start();
        return submitted.futures;
    }

    /**
     * Has something released that the target gave, on a worker, when one is free; also while its other calls hang, and
     * without a deadline. Without workers, at the end of an application, on this thread.
     *
     * @param release made once; may block, must not throw
     */
    public void release(Runnable release) {
        workers.execute(new TargetWorkers.Turn() {
            @Override
            public void run() {
                release.run();
            }

            @Override
            public boolean insists(IOException reason) {
                return true;
            }

            @Override
            public void lost(IOException reason) {
                release.run();
            }
        });
    }

    /** One call, waiting for its turn, running or ended. */
    private final class Submitted<T extends @Nullable Object> implements TargetWorkers.Turn {

        // immutable
        private final Phase phase;
        private final Callable<T> call;
        private final TargetCall<T> futures = new TargetCall<>(new CompletableFuture<>(), new CompletableFuture<>());

        // mutable, guarded by this
        private Runnable cancelAlarm = () -> {};
        private boolean running;
        private boolean ended;
        private boolean expired;

        Submitted(Phase phase, Callable<T> call) {
            this.phase = phase;
            this.call = call;
        }

        void start() {
            synchronized (this) {
                cancelAlarm = timer.schedule(limit(), this::expire);
            }
            workers.execute(this); // a worker calls run()
        }

        private Duration limit() {
            return deadlines.of(phase);
        }

        @Override
        public void run() {
            synchronized (this) {
                if (expired) {
                    return; // given up while it waited for a worker, and so never made
                }
                running = true;
            }
            try {
                T value = call.call();
                end();
                futures.inTime().complete(value); // who waits for the result goes on
                futures.atLast().complete(value); // who has to release it does so, here
            } catch (Throwable ex) { // also an Error: whoever waits must learn of it
                fail(ex);
            }
        }

        private void fail(Throwable cause) {
            end();
            futures.inTime().completeExceptionally(cause);
            futures.atLast().completeExceptionally(cause);
        }

        private void end() {
            boolean returned;
            synchronized (this) {
                returned = running && expired && !ended;
                ended = true;
                cancelAlarm.run();
            }
            if (returned) {
                workers.callReturned();
            }
        }

        /** The deadline passed. On the alarm's thread. */
        private void expire() {
            boolean abandoned;
            synchronized (this) {
                if (ended) {
                    return;
                }
                expired = true;
                abandoned = running;
            }
            DeadlineExceededException reason = new DeadlineExceededException(phase, limit());
            if (abandoned) {
                workers.callAbandoned();
                futures.inTime().completeExceptionally(reason);
            } else {
                fail(reason);
            }
        }

        @Override
        public boolean insists(IOException reason) {
            fail(reason);
            return false;
        }

        @Override
        public void lost(IOException reason) {
            fail(reason);
        }
    }
}
