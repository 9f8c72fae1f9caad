package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import java.time.Duration;

/**
 * How long one target may take for each step of a write.
 *
 * <p>A deadline is enforced from outside: the step is left to end on its own, and the write goes on, or ends, without
 * the target. The time a lane waits for a worker counts.
 *
 * @param open for opening the target write, or an object to read
 * @param stall for taking or giving the next bytes: the longest time without progress while there is something to do
 * @param prepare for making all staged bytes durable
 * @param commit for making them visible, or for deleting
 * @param abort for discarding them; only the caller's waiting is limited, not the clean-up
 * @param total from opening until it has prepared, whatever the source does; {@link #LONGEST} for no limit. A write of which
 *     too many targets have overrun it ends even if its caller never calls again
 */
public record Deadlines(
        Duration open, Duration stall, Duration prepare, Duration commit, Duration abort, Duration total) {

    /** Far beyond any use, and far below what nanoseconds in a long can hold. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Checks that all are positive and at most a year, and that the total leaves time to open.
     *
     * @throws IllegalArgumentException naming the deadline that is not
     */
    public Deadlines {
        checkPositive("open", open);
        checkPositive("stall", stall);
        checkPositive("prepare", prepare);
        checkPositive("commit", commit);
        checkPositive("abort", abort);
        checkPositive("total", total);
        if (total.compareTo(open) < 0) {
            throw new IllegalArgumentException("The total deadline [" + total + "] must not be shorter than the open"
                    + " deadline [" + open + "], which is a part of it");
        }
    }

    /**
     * Sets the deadlines of all steps, and none for them together.
     *
     * @param open for opening
     * @param stall for taking or giving the next bytes
     * @param prepare for making all staged bytes durable
     * @param commit for making them visible, or for deleting
     * @param abort for discarding them
     * @throws IllegalArgumentException naming the deadline that is not positive, or is more than a year
     */
    public Deadlines(Duration open, Duration stall, Duration prepare, Duration commit, Duration abort) {
        this(open, stall, prepare, commit, abort, LONGEST);
    }

    private static void checkPositive(String name, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The " + name + " deadline [" + value + "] must be positive and at most "
                    + LONGEST.toDays() + " days");
        }
    }

    /**
     * Returns the defaults: long enough for a loaded disk and a distant S3, short enough to notice a hung one.
     *
     * @return open 10 s, stall 90 s, prepare 2 min, commit 2 min, abort 10 s, no total; two attempts of a request to S3 fit
     *     into each but open and abort
     */
    public static Deadlines defaults() {
        return new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(90),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofSeconds(10));
    }

    /**
     * Limits the whole of a target's part in a write, from opening until it has prepared.
     *
     * @param total at least as long as for opening; {@link #LONGEST} for no limit
     * @return new deadlines
     */
    public Deadlines withTotal(Duration total) {
        return new Deadlines(open, stall, prepare, commit, abort, total);
    }

    boolean limitTotal() {
        return total.compareTo(LONGEST) < 0;
    }

    Duration of(Phase phase) {
        return switch (phase) {
            case OPEN -> open;
            case WRITE, READ -> stall;
            case PREPARE -> prepare;
            case COMMIT, COMPARE, DELETE -> commit;
            case ABORT -> abort;
        };
    }
}
