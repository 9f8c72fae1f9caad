package io.parallelwrite.handle;

import io.parallelwrite.stream.DeadlineTimer;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
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

    // immutable
    private final List<H> handles;
    private final HandleCrew crew;
    private final boolean ownsCrew;
    private final ReentrantLock lock = new ReentrantLock();

    // mutable, guarded by lock
    private boolean closed;

    /**
     * Checks and takes the handles. No thread starts.
     *
     * @throws IllegalArgumentException if there is none, one is {@code null}, or one is there twice; the index is named
     */
    HandleGroup(List<? extends H> handles, HandleSettings settings) {
        this(handles, settings, timerFor(settings));
    }

    /** Returns a timer of the group's own, which ends with it, if there is a deadline. */
    static @Nullable DeadlineTimer timerFor(HandleSettings settings) {
        return settings.deadline() == null ? null : DeadlineTimer.system();
    }

    HandleGroup(List<? extends H> handles, HandleSettings settings, @Nullable DeadlineTimer timer) {
        this(checked(handles), new HandleCrew(handles.size(), settings, timer), true);
    }

    private HandleGroup(List<H> handles, HandleCrew crew, boolean ownsCrew) {
        this.handles = handles;
        this.crew = crew;
        this.ownsCrew = ownsCrew;
    }

    /**
     * Returns a group of what these handles gave out, one from each. It has the same workers, which end with this group and
     * not with the other. Its calls do not wait for those of this group: one connection may have to wait in its database for
     * what another one does.
     *
     * @param others in the order of the handles
     */
    <O> HandleGroup<O> sharing(List<? extends O> others) {
        return new HandleGroup<>(checked(others), crew.sharing(), false);
    }

    /** Returns the handles as they are, if all are there and no one twice. */
    static <H> List<H> checked(List<? extends H> handles) {
        if (handles.isEmpty()) {
            throw new IllegalArgumentException("The list of handles is empty; give at least one");
        }
        IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
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
        return List.copyOf(handles);
    }

    int size() {
        return handles.size();
    }

    /** Tells whether a call may still use what it was given after it has failed. */
    boolean hasDeadline() {
        return crew.hasDeadline();
    }

    List<H> handles() {
        return handles;
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
        return callAll(name, call, false);
    }

    /** As {@link #callAll}, but also after {@link #close}: the handles say for themselves what they think of that. */
    List<HandleAnswer> callEvenIfClosed(String name, HandleCall<? super H, ?> call) throws IOException {
        return callAll(name, call, true);
    }

    private List<HandleAnswer> callAll(String name, HandleCall<? super H, ?> call, boolean evenIfClosed)
            throws IOException {
        enter();
        try {
            if (closed && !evenIfClosed) {
                throw new IOException(name + " was called on handles that are closed");
            }
            if (!crew.busy().isEmpty()) {
                throw new IOException(name + " was called on no handle: #" + Collections.min(crew.busy())
                        + " has not returned from a call that missed its deadline; all that can be done is to close");
            }
            return crew.call(handles, call);
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
        Agreement.checkClosed(closeAll(close));
    }

    /**
     * Closes every handle, as {@link #close} does.
     *
     * @return one answer per handle; empty the second time
     */
    List<HandleAnswer> closeAll(HandleCall<? super H, ?> close) {
        enter();
        try {
            if (closed) {
                return List.of();
            }
            closed = true;
            return crew.close(handles, close);
        } finally {
            releaseCrew();
            lock.unlock();
        }
    }

    /** Lets the workers end, and leaves the handles open. */
    void release() {
        enter();
        closed = true;
        releaseCrew();
        lock.unlock();
    }

    private void enter() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("A handle called back into the handles it is driven with;"
                    + " the others would see that call before the one that is under way");
        }
        lock.lock();
    }

    private void releaseCrew() {
        if (ownsCrew) {
            crew.release();
        }
    }
}
