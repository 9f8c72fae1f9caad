package io.parallelwrite.simulation;

/** Unwinds what a process was doing when it died; whatever it still calls has no effect. */
final class ProcessDied extends Error {

    private static final long serialVersionUID = 1;

    ProcessDied() {
        super("the process has died", null, false, false);
    }
}
