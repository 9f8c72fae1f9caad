package io.parallelwrite.outcome;

/** Whether a target takes writes, and holds all it should. */
public enum TargetState {
    /** It takes writes, and nothing is known that it missed. */
    IN_SYNC,
    /** It takes writes, and the journal remembers something that it does not hold yet, or may not. */
    CATCHING_UP,
    /** It has failed too often, or too many of its calls hang: writes do without it until a probe of it succeeds. */
    OUT
}
