package io.parallelwrite.stream;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.RequestRefusedException;
import java.nio.file.FileAlreadyExistsException;
import org.jspecify.annotations.Nullable;

/** Tells failures of targets from failures of what they were asked. */
final class TargetFailures {

    /** Longer than any chain of causes that has no circle. */
    private static final int MOST_CAUSES = 32;

    private TargetFailures() {}

    /** Tells whether a failure says something about the target, so that the next call is likely to fail as well. */
    static boolean areOfTarget(Throwable failure) {
        if (failure instanceof Error) {
            return false; // of this JVM, or of code
        }
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (isOfRequest(cause)) {
                return false;
            }
            cause = cause.getCause();
        }
        return true;
    }

    private static boolean isOfRequest(@Nullable Throwable cause) {
        return cause instanceof RequestRefusedException
                || cause instanceof FileAlreadyExistsException
                || cause instanceof InvalidTargetPathException
                || cause instanceof ContentMismatchException;
    }
}
