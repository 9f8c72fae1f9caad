package io.parallelwrite.stream;

import java.util.concurrent.CompletableFuture;

/** A thread of a simulation: it says itself what happens while the engine waits on it. */
public abstract class SimulatedThread extends Thread implements Await.Waiter {

    /**
     * Creates a daemon thread.
     *
     * @param name its name
     */
    @SuppressWarnings("this-escape") // nobody sees it before it is started
    protected SimulatedThread(String name) {
        super(name);
        setDaemon(true);
    }

    @Override
    public abstract void await(CompletableFuture<?> future, boolean interruptibly);

    /**
     * Returns the memory of all open writes of an engine.
     *
     * @param engine the engine
     * @return in bytes
     */
    public static long usedBytes(WriteEngine engine) {
        return engine.usedBytes();
    }
}
