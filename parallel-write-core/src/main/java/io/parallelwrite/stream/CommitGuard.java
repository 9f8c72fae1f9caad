package io.parallelwrite.stream;

import java.io.IOException;

/** Decides at the last moment whether a write or delete that is ready may still become visible. */
@FunctionalInterface
public interface CommitGuard {

    /** Lets every write pass. */
    CommitGuard NONE = () -> {};

    /**
     * Checks what the write relies on. On the thread that commits, after all targets have prepared and while no other
     * commit of this engine changes the path; before a delete is sent; and of a target that does not stage also before it
     * is opened. May block, which blocks those.
     *
     * @throws IOException if the change must not become visible; it is then given up, for this reason
     */
    void check() throws IOException;
}
