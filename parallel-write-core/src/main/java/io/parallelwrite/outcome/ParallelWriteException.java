package io.parallelwrite.outcome;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a write or delete did not succeed on the targets its rule requires.
 *
 * <p>The message says which target failed, at which byte, in which phase and why, what it may have left behind, what state
 * the other targets are in, and whether anything new is visible. The cause is the first failure; the failures of other targets are suppressed
 * exceptions of this one.
 */
public class ParallelWriteException extends IOException {

    private final transient WriteResult result;

    private ParallelWriteException(String message, @Nullable Throwable cause, WriteResult result) {
        super(message, cause);
        this.result = result;
    }

    /**
     * Describes a write or delete that did not succeed.
     *
     * @param result what became of every target
     * @param reason why it was given up when no target was to blame: what was wrong with the caller's content, an
     *     interrupt, a closed writer; {@code null} otherwise
     * @return the exception to throw
     */
    public static ParallelWriteException of(WriteResult result, @Nullable Throwable reason) {
        List<TargetOutcome> troubled = result.outcomes().stream()
                .filter(outcome -> causeOf(outcome) != null)
                .sorted(Comparator.comparing(TargetOutcome::elapsed))
                .toList();
        List<Throwable> causes = new ArrayList<>();
        if (reason != null) {
            causes.add(reason);
        }
        troubled.forEach(outcome -> causes.add(causeOf(outcome)));
        ParallelWriteException exception = new ParallelWriteException(
                message(result, troubled, reason), causes.isEmpty() ? null : causes.get(0), result);
        causes.stream().skip(1).filter(cause -> !cause.equals(causes.get(0))).forEach(exception::addSuppressed);
        return exception;
    }

    private static @Nullable Throwable causeOf(TargetOutcome outcome) {
        if (outcome instanceof TargetOutcome.Failed failed) {
            return failed.cause();
        }
        if (outcome instanceof TargetOutcome.InDoubt inDoubt) {
            return inDoubt.cause();
        }
        if (outcome instanceof TargetOutcome.Detached detached) {
            return detached.cause();
        }
        return outcome instanceof TargetOutcome.Aborted aborted ? aborted.leftBehind() : null;
    }

    private static String message(WriteResult result, List<TargetOutcome> troubled, @Nullable Throwable reason) {
        List<String> sentences = new ArrayList<>();
        if (reason != null) {
            String verb = result.operation().name().toLowerCase(Locale.ROOT);
            sentences.add("The " + verb + " of '" + result.path() + "' was given up: " + text(reason) + ".");
        }
        troubled.forEach(outcome -> sentences.add(sentence(outcome, result)));
        result.outcomes().stream()
                .filter(outcome -> !troubled.contains(outcome))
                .forEach(outcome -> sentences.add(sentence(outcome, result)));
        sentences.add(
                switch (result.status()) {
                    case FAILED, REJECTED -> "Nothing is visible under this path that was not before.";
                    case IN_DOUBT -> "The targets may differ under this path.";
                    case COMMITTED, COMMITTED_DEGRADED -> "The acknowledgement rule is met.";
                });
        return String.join(" ", sentences);
    }

    private static String sentence(TargetOutcome outcome, WriteResult result) {
        String target = "'" + outcome.target() + "'";
        if (outcome instanceof TargetOutcome.Failed failed) {
            String where =
                    failed.phase() == Phase.DELETE ? " failed for '" : " failed at byte " + failed.offset() + " of '";
            return "Target " + target + where + result.path() + "' "
                    + failed.phase().description() + ": " + text(failed.cause()) + "." + left(failed.leftBehind());
        }
        if (outcome instanceof TargetOutcome.Detached detached) {
            return "Target " + target + " was detached from '" + result.path() + "' at byte " + detached.offset() + ": "
                    + text(detached.cause()) + "." + left(detached.leftBehind());
        }
        if (outcome instanceof TargetOutcome.InDoubt inDoubt) {
            return "Target " + target + " is in doubt about '" + result.path() + "', "
                    + inDoubt.phase().description() + ": " + text(inDoubt.cause()) + ".";
        }
        if (outcome instanceof TargetOutcome.Aborted aborted) {
            return aborted.leftBehind() == null
                    ? target + " was aborted."
                    : target + " was aborted, but hidden bytes may be left: " + text(aborted.leftBehind()) + ".";
        }
        if (outcome instanceof TargetOutcome.Committed) {
            return target + (result.operation() == Operation.DELETE ? " has deleted it." : " holds it.");
        }
        return target + " was not touched.";
    }

    private static String left(@Nullable Throwable behind) {
        return behind == null ? "" : " Hidden bytes may be left: " + text(behind) + ".";
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        String shown = message == null || !(cause instanceof IOException) ? cause.toString() : message;
        return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
    }

    /**
     * Returns what became of every target.
     *
     * @return the result, with one outcome per target
     */
    public WriteResult result() {
        return result;
    }
}
