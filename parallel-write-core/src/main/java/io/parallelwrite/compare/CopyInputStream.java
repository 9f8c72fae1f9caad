package io.parallelwrite.compare;

import java.io.InputStream;
import java.util.List;

/**
 * The bytes of one object, which know from whose copy they come.
 *
 * <p>Reading blocks the calling thread until the target gives bytes, at most for its deadline without progress. Closing
 * releases every copy that was opened; one whose call hangs is released when that call returns. Not thread-safe, but for
 * {@link #close()}, which any thread may call to end a read that another is blocked in.
 */
public abstract class CopyInputStream extends InputStream {

    /** For the kinds in this package. */
    CopyInputStream() {}

    /**
     * Returns the path.
     *
     * @return the normalised path
     */
    public abstract String path();

    /**
     * Returns the target whose copy is handed out; of copies read in step, the first in the order of reads.
     *
     * @return the name of the target
     */
    public abstract String servedBy();

    /**
     * Returns the targets this read did without so far.
     *
     * @return in the order they were left; empty if the first target serves
     */
    public abstract List<PassedOver> passedOver();
}
