package io.parallelwrite.handle;

/**
 * How long the calls of a round take, seen by the one thread that counts its own.
 *
 * <p>A call counts as long if it takes a few times what waking a worker costs. One long call among many short ones was
 * rather held up by the system than by its handle, which several are not. Not thread-safe.
 */
final class CallPace {

    private static final long LONG_NANOS = 50_000;
    private static final int FEW = 8;

    private int calls;
    private int longCalls;
    private long lastNanos = System.nanoTime();

    /** A call has ended, and the next begins. */
    void called() {
        long now = System.nanoTime();
        calls++;
        if (now - lastNanos > LONG_NANOS) {
            longCalls++;
        }
        lastNanos = now;
    }

    /** Tells whether waking others pays. */
    boolean isSlow() {
        return longCalls > 0 && longCalls * FEW >= calls;
    }
}
