package io.parallelwrite.sample;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteStatus;
import java.nio.file.FileAlreadyExistsException;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Turns a failed write into problem details that name the target, the phase, and what became of every target. */
final class WriteProblem {

    private WriteProblem() {}

    /**
     * Describes a failure.
     *
     * @param e a write or delete that failed
     * @return the problem, with the members {@code path}, {@code writeStatus} and {@code targets}
     */
    static ProblemDetail of(ParallelWriteException e) {
        WriteResultJson result = WriteResultJson.of(e.result());
        HttpStatus status = statusOf(e);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detailOf(status, e));
        problem.setTitle(titleOf(status));
        problem.setProperty("path", result.path());
        problem.setProperty("writeStatus", result.status());
        problem.setProperty("targets", result.targets());
        return problem;
    }

    private static HttpStatus statusOf(ParallelWriteException e) {
        if (e.result().status() == WriteStatus.IN_DOUBT) {
            return HttpStatus.INTERNAL_SERVER_ERROR; // not 503: the client must look before it tries again
        }
        if (isDueTo(e, FileAlreadyExistsException.class::isInstance)) {
            return HttpStatus.PRECONDITION_FAILED;
        }
        if (isDueTo(e, ContentMismatchException.class::isInstance)) {
            return HttpStatus.BAD_REQUEST;
        }
        return isDueTo(e, WriteProblem::isFull) ? HttpStatus.INSUFFICIENT_STORAGE : HttpStatus.SERVICE_UNAVAILABLE;
    }

    /** Returns the exception's own words, except where it can only name a file that the client does not know. */
    private static String detailOf(HttpStatus status, ParallelWriteException e) {
        return status == HttpStatus.PRECONDITION_FAILED
                ? "Something exists under this path, and 'If-None-Match: *' asks not to replace it"
                : String.valueOf(e.getMessage());
    }

    private static String titleOf(HttpStatus status) {
        return switch (status) {
            case PRECONDITION_FAILED -> "Already in the archive";
            case BAD_REQUEST -> "Content not as declared";
            case INSUFFICIENT_STORAGE -> "A target is full";
            case SERVICE_UNAVAILABLE -> "A target failed; nothing was stored";
            default -> "The write is in doubt";
        };
    }

    /** Disks say it only in words: Linux, macOS and the JDK on Windows, in this order. */
    private static boolean isFull(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device") || message.contains("not enough space on the disk");
    }

    private static boolean isDueTo(Throwable failure, Predicate<Throwable> reason) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (reason.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
