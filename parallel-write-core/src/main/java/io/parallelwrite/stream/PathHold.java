package io.parallelwrite.stream;

import io.parallelwrite.target.TargetPath;
import java.io.IOException;

/**
 * The lock of a path, as one write holds it: given back once, by whoever ends the write, and not taken after that.
 *
 * <p>Thread-safe. {@link #take} blocks, without its monitor.
 */
final class PathHold {

    // immutable
    private final PathLocks locks;
    private final TargetPath path;

    // mutable, guarded by this
    private boolean held;
    private boolean over;

    PathHold(PathLocks locks, TargetPath path) {
        this.locks = locks;
        this.path = path;
    }

    /**
     * Waits for the lock, unless it is held. One thread at a time.
     *
     * @throws IOException if the thread was interrupted, the lock was not free in time, or the write has ended meanwhile
     */
    void take() throws IOException {
        if (isHeld()) {
            return;
        }
        locks.lock(path);
        if (!hold()) {
            locks.release(path);
            throw new IOException("the write was ended while it waited for its path");
        }
    }

    private synchronized boolean isHeld() {
        return held;
    }

    private synchronized boolean hold() {
        held = !over;
        return held;
    }

    /** Gives the lock back, if it is held: the write needs it no more. */
    void giveBack() {
        boolean wasHeld;
        synchronized (this) {
            wasHeld = held;
            held = false;
            over = true;
        }
        if (wasHeld) {
            locks.release(path); // the write that waited longest goes on
        }
    }
}
