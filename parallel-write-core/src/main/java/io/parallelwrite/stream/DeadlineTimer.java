package io.parallelwrite.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * The engine's clock and alarm. Injected, so that tests and simulations own the time.
 *
 * <p>Thread-safe.
 */
public interface DeadlineTimer extends AutoCloseable {

    /**
     * Returns a timer that uses the system's clock and one daemon thread.
     *
     * @return a timer; close it to end its thread
     */
    static DeadlineTimer system() {
        return new SystemDeadlineTimer();
    }

    /**
     * Returns the time.
     *
     * @return nanoseconds from an arbitrary origin, as {@link System#nanoTime()}
     */
    long nanoTime();

    /**
     * Returns the time of day, for people to read.
     *
     * @return that of the system, unless the timer has a clock of its own
     */
    default Instant instant() {
        return Instant.now();
    }

    /**
     * Runs something later, unless it is cancelled before.
     *
     * @param delay how much later
     * @param alarm must be quick and not block
     * @return cancels the alarm; does nothing once it has run
     */
    Runnable schedule(Duration delay, Runnable alarm);

    /** Forgets all alarms and ends the thread, if there is one. */
    @Override
    void close();
}
