package io.parallelwrite;

import java.util.concurrent.CountDownLatch;

/** A place where a call to a target waits until the test lets it go on. Thread-safe. */
public final class Gate {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits at the gate. */
    public void pass() {
        arrived.countDown();
        await(opened);
    }

    /** Waits until a call has come to the gate. */
    public void awaitArrival() {
        await(arrived);
    }

    /** Lets all go on that have come or will. */
    public void open() {
        opened.countDown();
    }

    /** Waits until a thread is blocked or has ended. */
    public static void awaitBlocked(Thread thread) {
        while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
            Thread.yield();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new AssertionError("interrupted while waiting at a gate", ex);
        }
    }
}
