package io.parallelwrite.stream;

import io.parallelwrite.outcome.WriteResult;
import java.io.IOException;
import java.io.OutputStream;

/** Skeleton. */
public abstract class ParallelOutputStream extends OutputStream {
    /**
     * Commits.
     *
     * @return result
     * @throws IOException failed
     */
    public abstract WriteResult commit() throws IOException;

    /** Aborts. */
    public abstract void abort();
}
