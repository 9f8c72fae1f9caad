package io.parallelwrite.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong at one operation. */
enum Fault {
    /** Nothing. */
    NONE,
    /** An I/O error, and nothing was applied. */
    FAIL_BEFORE,
    /** An I/O error, though it was applied: the answer was lost. */
    FAIL_AFTER,
    /** An error that says for certain that nothing was applied. */
    REFUSED,
    /** An unchecked exception; not applied. */
    RUNTIME,
    /** An error of the machine; not applied. */
    ERROR,
    /** Never returns; not applied. */
    HANG,
    /** Never returns, but was applied. */
    APPLIED_HANG,
    /** Is made and returns soon after its deadline. */
    LATE,
    /** Is made and returns when the caller has long been told. */
    LATER,
    /** Is made and returns when a recovery has been tried. */
    LATEST,
    /** Fails; the request travels on and arrives within the time it may. */
    TRAVELS,
    /** Fails when a recovery has been tried; the request that it sent last travels on. */
    LATEST_TRAVELS,
    /** Takes a part of the bytes, and says so. */
    SHORT,
    /** Loses the last byte, and does not say so. */
    TRUNCATED,
    /** Changes a bit, and does not say so. */
    FLIPPED,
    /** The executor takes no task. */
    REJECTED,
    /** The caller is interrupted meanwhile. */
    INTERRUPT,
    /** The wall clock jumps an hour ahead. */
    CLOCK_AHEAD,
    /** The wall clock jumps an hour back. */
    CLOCK_BACK,
    /** Another caller writes the same path meanwhile. */
    SECOND_WRITER,
    /** Another caller writes the same path, and ends before it. */
    OVERTAKEN,
    /** A repair goes through the journal meanwhile. */
    REPAIRER,
    /** The process dies before it. */
    CRASH_BEFORE,
    /** The process dies when it was applied and before it returned. */
    CRASH_AFTER,
    /** The process dies while the request travels, which then arrives. */
    CRASH_TRAVELLING;

    private static final Set<Fault> CRASHES = EnumSet.of(CRASH_BEFORE, CRASH_AFTER, CRASH_TRAVELLING);
    private static final Set<Fault> TRAVELLING = EnumSet.of(TRAVELS, LATEST_TRAVELS, CRASH_TRAVELLING);
    private static final Set<Fault> HANGS = EnumSet.of(HANG, APPLIED_HANG, LATE, LATER, LATEST, LATEST_TRAVELS);
    private static final Set<Fault> OF_THE_WORLD =
            EnumSet.of(INTERRUPT, CLOCK_AHEAD, CLOCK_BACK, SECOND_WRITER, OVERTAKEN, REPAIRER);
    private static final Set<Fault> THROWN = EnumSet.of(FAIL_BEFORE, FAIL_AFTER, REFUSED, RUNTIME, ERROR);
    private static final Set<Fault> OF_BYTES = EnumSet.of(SHORT, TRUNCATED, FLIPPED);

    boolean isCrash() {
        return CRASHES.contains(this);
    }

    /** Whether a call does not return in time, so that its thread is to be one of its own. */
    boolean isHang() {
        return HANGS.contains(this);
    }

    /** Whether the request travels on when the call has ended. */
    boolean travels() {
        return TRAVELLING.contains(this);
    }

    /** Whether it happens beside the operation, which is made as if nothing were. */
    boolean isOfTheWorld() {
        return OF_THE_WORLD.contains(this);
    }

    /** Whether it may happen from some time on at one place, and not once only. */
    boolean canLast() {
        return !isCrash() && !isOfTheWorld() && this != TRAVELS && !HANGS.contains(this) || this == HANG;
    }

    /** Whether it can be part of a recovery. */
    boolean canBeInRecovery() {
        return this != SECOND_WRITER && this != OVERTAKEN && this != REPAIRER;
    }

    /** Whether it is a failure that is thrown and must be found again in what the caller is told. */
    boolean isThrown() {
        return THROWN.contains(this);
    }

    boolean appliesTo(Point point) {
        return switch (point.place()) {
            case Point.EXECUTOR -> this == REJECTED || this == CRASH_BEFORE || this == CRASH_AFTER;
            case Point.SOURCE ->
                this == FAIL_BEFORE
                        || this == RUNTIME
                        || this == ERROR
                        || this == SHORT
                        || this == INTERRUPT
                        || this == CRASH_BEFORE;
            case Point.JOURNAL ->
                !travels()
                        && this != REJECTED
                        && this != HANG
                        && this != APPLIED_HANG
                        && this != LATEST
                        && !OF_BYTES.contains(this);
            default -> appliesToTarget(point);
        };
    }

    private boolean appliesToTarget(Point point) {
        return switch (this) {
            case REJECTED -> false;
            case REFUSED -> point.changes();
            case TRAVELS, LATEST_TRAVELS, CRASH_TRAVELLING -> point.changes() && point.remote();
            case SHORT -> point.operation().equals("write");
            case TRUNCATED ->
                point.operation().equals("write") || point.operation().equals("commit");
            case FLIPPED -> Set.of("write", "commit", "fill").contains(point.operation());
            default -> true;
        };
    }
}
