package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * N handles of one kind, and the barrier calls on them: every call goes to every handle, and ends when all have answered.
 *
 * <p>Thread-safe: calls of several threads follow one another, so that every handle sees the same order. A call blocks until
 * the call before it has ended and every handle has answered, or the deadline has passed. It never fails because of what a
 * handle answered: that is for whoever looks at the answers.
 *
 * @param <H> what a handle is
 */
final class HandleGroup<H> {

    /** What waking a worker costs, roughly: calls that are done sooner are done by the caller alone. */
    private static final long HELP_AFTER_NANOS = 20_000;

    // immutable
    private final List<H> handles;
    private final @Nullable Duration deadline;
    private final int maxWorkers;
    private final @Nullable HandleWorkers workers;
    private final @Nullable DeadlineTimer timer;
    private final ReentrantLock lock = new ReentrantLock();

    // mutable, thread-safe: added to by the deadline, removed from by the late call
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    // mutable, guarded by lock
    private boolean helpWasNeeded;
    private boolean closed;

    /**
     * Checks and takes the handles. No thread starts.
     *
     * @throws IllegalArgumentException if there is none, one is {@code null}, or one is there twice; the index is named
     */
    HandleGroup(List<? extends H> handles, HandleSettings settings) {
        this(handles, settings, settings.deadline() == null ? null : DeadlineTimer.system());
    }

    HandleGroup(List<? extends H> handles, HandleSettings settings, @Nullable DeadlineTimer timer) {
        this.handles = checked(handles);
        this.deadline = settings.deadline();
        this.timer = timer;
        this.maxWorkers = settings.workersFor(handles.size());
        int workerCount =
                deadline == null ? maxWorkers - 1 : maxWorkers; // without a deadline the caller is one of them
        this.workers = workerCount == 0 ? null : new HandleWorkers(workerCount);
    }

    private static <H> List<H> checked(List<? extends H> handles) {
        if (handles.isEmpty()) {
            throw new IllegalArgumentException("The list of handles is empty; give at least one");
        }
        Map<Object, Integer> seen = new IdentityHashMap<>();
        for (int i = 0; i < handles.size(); i++) {
            Object handle = handles.get(i);
            if (handle == null) {
                throw new IllegalArgumentException("Handle #" + i + " is null");
            }
            Integer first = seen.putIfAbsent(handle, i);
            if (first != null) {
                throw new IllegalArgumentException("Handle #" + i + " is the same object as #" + first
                        + "; every call would reach it twice, so open it once for each");
            }
        }
        return Collections.unmodifiableList(List.copyOf(handles));
    }

    int size() {
        return handles.size();
    }

    H handle(int index) {
        return handles.get(index);
    }

    /**
     * Calls every handle.
     *
     * @param name what is called, for messages
     * @return one answer per handle, in the order of the handles
     * @throws IOException if no handle was called, because the group is closed or a handle has not returned from a call
     *     before
     */
    List<HandleAnswer> callAll(String name, HandleCall<? super H, ?> call) throws IOException {
        enter();
        try {
            if (closed) {
                throw new IOException(name + " was called on handles that are closed");
            }
            if (!busy.isEmpty()) {
                throw new IOException(name + " was called on no handle: #" + Collections.min(busy)
                        + " has not returned from a call that missed its deadline of " + deadline
                        + "; all that can be done is to close");
            }
            return answers(call, true);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes every handle, once, whatever the others do, and lets the workers end. Waits for the call in progress. Does
     * nothing the second time.
     *
     * @param close how a handle is closed
     * @throws IOException if a handle could not be closed, naming each; the first failure is the cause, the others are
     *     suppressed
     */
    void close(HandleCall<? super H, ?> close) throws IOException {
        enter();
        try {
            if (closed) {
                return;
            }
            closed = true;
            Agreement.checkClosed(answers(close, false));
        } finally {
            if (workers != null) {
                workers.close();
            }
            if (timer != null) {
                timer.close();
            }
            lock.unlock();
        }
    }

    private void enter() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("A handle called back into the handles it is driven with;"
                    + " the others would see that call before the one that is under way");
        }
        lock.lock();
    }

    private List<HandleAnswer> answers(HandleCall<? super H, ?> call, boolean withdraw) {
        boolean interrupted = Thread.interrupted(); // a handle that minds it would fall out of step with the others
        try {
            HandleRound<H> round = new HandleRound<>(handles, call, busy::remove);
            if (deadline != null && timer != null && workers != null) {
                return answersInTime(round, withdraw, deadline, timer, workers);
            }
            if (workers == null) {
                while (round.callNext()) {
                    // until none is left
                }
            } else {
                callWithHelp(round, workers);
            }
            return round.await();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins alone, and asks for help when it would take longer than waking a worker. */
    private void callWithHelp(HandleRound<H> round, HandleWorkers workers) {
        boolean helped = helpWasNeeded;
        if (helped) {
            workers.help(round);
        }
        long start = System.nanoTime();
        long elapsedNanos = 0;
        int calls = 0;
        while (round.callNext()) {
            calls++;
            elapsedNanos = System.nanoTime() - start;
            if (!helped && elapsedNanos > HELP_AFTER_NANOS && round.hasUntaken()) {
                helped = true;
                workers.help(round);
            }
        }
        // One call for the caller and the rest for the helpers: the calls take long. Else, what the caller's own took
        // counts.
        helpWasNeeded = calls == 0 || elapsedNanos / calls * handles.size() > HELP_AFTER_NANOS;
    }

    private List<HandleAnswer> answersInTime(
            HandleRound<H> round, boolean withdraw, Duration limit, DeadlineTimer timer, HandleWorkers workers) {
        if (!withdraw) {
            workers.limitTo(maxWorkers + busy.size()); // calls that hang hold their workers, and closing needs some
        }
        Runnable cancel = timer.schedule(limit, () -> {
            round.expire(limit, withdraw, busy::add);
            if (!withdraw) {
                workers.limitTo(maxWorkers + handles.size()); // each close that is left gets a worker
            }
        });
        int asked = withdraw ? 1 : handles.size();
        for (int i = 0; i < asked; i++) {
            workers.help(round);
        }
        List<HandleAnswer> answers = round.await();
        cancel.run();
        return answers;
    }
}
