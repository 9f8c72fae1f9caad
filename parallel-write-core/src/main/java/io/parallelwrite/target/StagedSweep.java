package io.parallelwrite.target;

import java.time.Instant;

/**
 * One search for what is staged at a target and belongs to no write any more, going by its age alone.
 *
 * <p>Called by {@link Target#sweepStaged}, on its thread. Must not block for long.
 */
public interface StagedSweep {

    /**
     * Returns how old something must be.
     *
     * @return what was changed last, or begun, before that is discarded
     */
    Instant before();

    /**
     * Tells whether that goes also for what another program may have begun, because nothing in the place tells it from what
     * this kind of target stages.
     *
     * @return {@code false} if only what is the target's own for certain may be discarded
     */
    boolean includesUnmarked();

    /**
     * Tells whether to stop.
     *
     * @return {@code true} if the search is to end as soon as it can
     */
    boolean isStopped();

    /**
     * Takes what was discarded.
     *
     * @param what a text for people
     */
    void discarded(String what);

    /**
     * Takes what could not be discarded. The search goes on.
     *
     * @param what a text for people
     * @param reason why, and what to do
     */
    void failed(String what, Exception reason);
}
