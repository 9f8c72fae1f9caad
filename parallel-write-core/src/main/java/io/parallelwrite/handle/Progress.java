package io.parallelwrite.handle;

import java.io.IOException;

/** Notices a handle that is asked again and again and never moves a byte. Not thread-safe. */
final class Progress {

    /** A handle that moves nothing so many times in a row never will. */
    private static final int MOST_IDLE_CALLS = 100;

    private int idleCalls;

    /**
     * Counts a call.
     *
     * @param verb what the call was, for the message
     * @param moved how much it moved
     * @param left how much is to go
     * @throws IOException if it is time to give up
     */
    void moved(String verb, int moved, int left) throws IOException {
        idleCalls = moved > 0 || left == 0 ? 0 : idleCalls + 1;
        if (idleCalls == MOST_IDLE_CALLS) {
            throw new IOException(
                    "Its " + verb + " moved nothing " + idleCalls + " times in a row, with " + left + " to go");
        }
    }
}
