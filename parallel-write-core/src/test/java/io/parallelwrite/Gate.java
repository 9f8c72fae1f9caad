package io.parallelwrite;

import java.util.concurrent.CountDownLatch;

/** A place where a call to a target waits until the test lets it go on. Thread-safe. */
final class Gate {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits at the gate. */
    void pass() {
        arrived.countDown();
        await(opened);
    }

    /** Waits until a call has come to the gate. */
    void awaitArrival() {
        await(arrived);
    }

    void open() {
        opened.countDown();
    }

    /** Waits until a thread is blocked or has ended. */
    static void awaitBlocked(Thread thread) {
        while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
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
