package io.parallelwrite.simulation;

/**
 * One moment in a run at which something can go wrong.
 *
 * @param place the name of a target, or one of the constants
 * @param operation what is being done there
 * @param remote whether a request can travel on when nobody waits for it any more
 */
record Point(String place, String operation, boolean remote) {

    static final String EXECUTOR = "executor";
    static final String JOURNAL = "journal";
    static final String SOURCE = "source";

    /** Whether it changes what is visible. */
    boolean changes() {
        return operation.equals("commit") || operation.equals("delete");
    }

    @Override
    public String toString() {
        return place + "." + operation;
    }
}
