package io.parallelwrite.outcome;

import java.io.IOException;
import java.time.Duration;

/**
 * Why a target was detached from a write: the others could have gone on, and waited for it for longer than it may hold them
 * up.
 */
public class LaggingTargetException extends IOException {

    private final long behindByteCount;

    /**
     * Creates the exception.
     *
     * @param phase what the target was at
     * @param patience how long it may hold up one write, all its delays together
     * @param behindByteCount how many bytes the caller had written and it had not taken
     */
    public LaggingTargetException(Phase phase, Duration patience, long behindByteCount) {
        super(phase.description() + " it held up the write for " + patience.toMillis() + " ms, the most it may"
                + (behindByteCount == 0 ? "" : ", and was " + behindByteCount + " bytes behind"));
        this.behindByteCount = behindByteCount;
    }

    /**
     * Returns how far behind it was.
     *
     * @return the bytes the caller had written and the target had not taken
     */
    public long behindByteCount() {
        return behindByteCount;
    }
}
