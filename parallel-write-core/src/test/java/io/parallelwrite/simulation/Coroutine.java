package io.parallelwrite.simulation;

import io.parallelwrite.stream.SimulatedThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs only while the one that resumed it waits: for a task that may hang, and for a second caller.
 *
 * <p>So at any moment one thread runs, and the order of all is that of the {@link World}. It is used for one task after the
 * other.
 */
final class Coroutine extends SimulatedThread {

    private final Semaphore turn = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    // handed over with the turns
    private @Nullable Runnable task;
    private @Nullable World world;
    private @Nullable SimulatedProcess process;
    private @Nullable Throwable failure;
    private boolean closed;

    Coroutine() {
        super("simulated");
    }

    /** Runs a task until it ends or waits; returns whether it has ended. */
    boolean begin(World world, SimulatedProcess process, Runnable task) {
        this.world = world;
        this.process = process;
        this.task = task;
        return goOn();
    }

    /** Goes on until the task ends or waits again; returns whether it has ended. */
    boolean goOn() {
        turn.release();
        back.acquireUninterruptibly();
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof Error error && !(thrown instanceof ProcessDied)) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return task == null;
    }

    @Nullable
    SimulatedProcess process() {
        return process;
    }

    /** Ends the thread; it must be idle. */
    void close() {
        closed = true;
        turn.release();
    }

    @Override
    public void run() {
        while (true) {
            turn.acquireUninterruptibly();
            Runnable next = task;
            if (closed || next == null) {
                return;
            }
            try {
                next.run();
            } catch (Throwable ex) { // thrown again where the task was begun
                failure = ex;
            }
            Thread.interrupted();
            task = null;
            back.release();
        }
    }

    @Override
    public void await(CompletableFuture<?> future, boolean interruptibly) {
        SimulatedProcess mine = java.util.Objects.requireNonNull(process);
        World here = java.util.Objects.requireNonNull(world);
        if (!mine.dead() && !future.isDone()) {
            future.whenComplete((value, ex) -> here.ready(mine, () -> here.resume(this)));
            here.waits(this);
            back.release();
            turn.acquireUninterruptibly();
        }
        if (mine.dead()) {
            throw new ProcessDied();
        }
    }
}
