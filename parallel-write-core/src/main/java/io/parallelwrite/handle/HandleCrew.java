package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the handles of a round: the caller, with help if it takes long, or workers against a deadline.
 *
 * <p>Without a deadline the caller's thread is one of those that call handles, and mostly the only one: handing a call to
 * another thread costs more than most calls. With a deadline it only waits, so that it can go on when the time is over,
 * whatever hangs.
 *
 * <p>One round at a time; the caller holds a lock.
 */
final class HandleCrew {

    // immutable
    private final int maxWorkers;
    private final @Nullable Duration deadline;
    private final @Nullable DeadlineTimer timer;
    private final @Nullable HandleWorkers workers;
    private final @Nullable HandleStandby standby;

    // mutable, thread-safe: added to by the deadline, removed from by the late call
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    // mutable, thread-safe: whether the workers have ended, for all crews that have the same
    private final AtomicBoolean released;

    // mutable, guarded by the caller's lock
    private boolean slow;

    /** Creates the crew. No thread starts. */
    HandleCrew(int handleCount, HandleSettings settings, @Nullable DeadlineTimer timer) {
        this.deadline = settings.deadline();
        this.timer = timer;
        this.maxWorkers = settings.workersFor(handleCount);
        int workerCount = deadline == null ? maxWorkers - 1 : maxWorkers; // without a deadline the caller is one
        this.workers = workerCount == 0 ? null : new HandleWorkers(workerCount);
        this.standby = workers == null || deadline != null ? null : new HandleStandby(workers);
        this.released = new AtomicBoolean();
    }

    private HandleCrew(HandleCrew other) {
        this.deadline = other.deadline;
        this.timer = other.timer;
        this.maxWorkers = other.maxWorkers;
        this.workers = other.workers;
        this.standby = other.standby == null || workers == null ? null : new HandleStandby(workers);
        this.released = other.released;
    }

    /** Returns a crew with the same workers, for rounds that do not wait for those of this one. */
    HandleCrew sharing() {
        return new HandleCrew(this);
    }

    boolean hasDeadline() {
        return deadline != null;
    }

    /** Returns the handles whose calls have missed their deadline and not returned since. */
    Set<Integer> busy() {
        return busy;
    }

    /** Calls every handle and waits until all have answered, or their time is over. */
    <H> List<HandleAnswer> call(List<H> handles, HandleCall<? super H, ?> call) {
        return answers(handles, call, true);
    }

    /** As {@link #call}, but every handle is called, if need be after the deadline. */
    <H> List<HandleAnswer> close(List<H> handles, HandleCall<? super H, ?> close) {
        return answers(handles, close, false);
    }

    private <H> List<HandleAnswer> answers(List<H> handles, HandleCall<? super H, ?> call, boolean withdraw) {
        boolean interrupted = Thread.interrupted(); // a handle that minds it would fall out of step with the others
        try {
            HandleRound<H> round = new HandleRound<>(handles, call, busy::remove);
            if (released.get()) {
                return answersOfCaller(round); // what handles gave out may outlive them
            }
            if (deadline != null && timer != null && workers != null) {
                return answersInTime(round, withdraw, deadline, timer, workers);
            }
            return standby == null ? answersOfCaller(round) : answersWithHelp(round, standby);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<HandleAnswer> answersOfCaller(HandleRound<?> round) {
        while (round.callNext()) {
            // until none is left
        }
        return round.await();
    }

    /**
     * Begins alone, and asks all to come if its own calls take long, or those of the round before did. What it cannot see,
     * the worker that stands by does.
     */
    private List<HandleAnswer> answersWithHelp(HandleRound<?> round, HandleStandby standby) {
        standby.begin(round);
        boolean asked = slow;
        if (asked) {
            standby.callAll(round);
        }
        CallPace pace = new CallPace();
        while (round.callNext()) {
            pace.called();
            if (!asked && pace.isSlow() && round.untakenCount() > 0) {
                asked = true;
                standby.callAll(round);
            }
        }
        slow = pace.isSlow();
        List<HandleAnswer> answers = round.await();
        standby.end();
        return answers;
    }

    private List<HandleAnswer> answersInTime(
            HandleRound<?> round, boolean withdraw, Duration limit, DeadlineTimer timer, HandleWorkers workers) {
        if (!withdraw) {
            workers.limitTo(maxWorkers + busy.size()); // calls that hang hold their workers, and closing needs some
        }
        Runnable cancel = timer.schedule(limit, () -> {
            round.expire(limit, withdraw, busy::add);
            if (!withdraw) {
                workers.limitTo(maxWorkers + round.size()); // each close that is left gets a worker
            }
        });
        int asked = withdraw ? 1 : round.size();
        for (int i = 0; i < asked; i++) {
            workers.help(round);
        }
        List<HandleAnswer> answers = released.get() ? answersOfCaller(round) : round.await(); // nobody may have come
        cancel.run();
        return answers;
    }

    /** Lets the workers end. */
    void release() {
        released.set(true);
        if (standby != null) {
            standby.close();
        }
        if (workers != null) {
            workers.close();
        }
        if (timer != null) {
            timer.close();
        }
    }
}
