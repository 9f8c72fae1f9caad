package io.parallelwrite.stream;

import java.io.IOException;

/** Decides at the last moment whether a write that is ready may still become visible. */
@FunctionalInterface
public interface CommitGuard {

    /** Lets every write pass. */
    CommitGuard NONE = () -> {};

    /**
     * Checks what the write relies on. On the thread that commits, after all targets have prepared and while no other
     * commit of this engine changes the path; may block, which blocks those.
     *
     * @throws IOException if the write must not become visible; it is then aborted, for this reason
     */
    void check() throws IOException;
}
