package io.parallelwrite.outcome;

/** What the caller is told about a whole write or delete. */
public enum WriteStatus {
    /** Every target holds it. */
    COMMITTED,
    /** The acknowledgement rule is met, and at least one target missed it. */
    COMMITTED_DEGRADED,
    /** Nothing new is visible on any target, now or later. */
    FAILED,
    /** It may be visible on some targets and not on others. */
    IN_DOUBT,
    /** Nothing was started. */
    REJECTED
}
