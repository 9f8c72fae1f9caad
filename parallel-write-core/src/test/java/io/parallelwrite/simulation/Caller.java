package io.parallelwrite.simulation;

import io.parallelwrite.stream.SimulatedThread;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The thread of a simulation: the caller's, and while it waits, that of all tasks that cannot hang. */
final class Caller extends SimulatedThread {

    private final Runnable body;
    private @Nullable World world;
    private @Nullable SimulatedProcess process;

    private Caller(Runnable body) {
        super("simulation");
        this.body = body;
    }

    /** Something that runs on a thread of this kind. */
    record Running<T>(FutureTask<T> task) {

        /** Waits for it. */
        T result() throws InterruptedException {
            try {
                return task.get();
            } catch (ExecutionException ex) {
                throw new IllegalStateException(ex.getCause());
            }
        }
    }

    static <T> Running<T> start(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        new Caller(task).start();
        return new Running<>(task);
    }

    /** Runs something on a thread of this kind, and waits for it. */
    static <T> T run(Callable<T> body) throws InterruptedException {
        return start(body).result();
    }

    /** Says whose waiting this thread serves from now on. */
    static void world(World world, SimulatedProcess process) {
        Caller caller = (Caller) Thread.currentThread();
        caller.world = world;
        caller.process = process;
    }

    /** Ends the threads that were used. */
    static void close(ArrayDeque<Coroutine> spare) {
        spare.forEach(Coroutine::close);
    }

    @Override
    public void run() {
        body.run();
    }

    @Override
    public void await(CompletableFuture<?> future, boolean interruptibly) {
        java.util.Objects.requireNonNull(world).await(java.util.Objects.requireNonNull(process), future, interruptibly);
    }
}
