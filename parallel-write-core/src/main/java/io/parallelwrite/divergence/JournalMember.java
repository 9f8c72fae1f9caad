package io.parallelwrite.divergence;

import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.target.ShownText;
import org.jspecify.annotations.Nullable;

/**
 * What a {@linkplain JournalEntry journal entry} knows about one target.
 *
 * @param target the name of the target
 * @param state what is known
 * @param reason why, for people, or {@code null}; control characters are escaped, what follows the {@code ?} of a URL and
 *     the user before its {@code @} are left out, and it is cut after {@value #REASON_CHARACTERS} characters
 */
public record JournalMember(
        String target, State state, @Nullable String reason) {

    /** How much of a reason is kept. */
    public static final int REASON_CHARACTERS = 200;

    /** What is known about a target. */
    public enum State {
        /** The write is decided, and the target has not answered yet. */
        PENDING,
        /** The target shows the change. */
        COMMITTED,
        /** The target does not show the change. */
        MISSED,
        /** The target may or may not show the change. */
        IN_DOUBT
    }

    /**
     * Makes the reason safe to keep and to log.
     *
     * @throws IllegalArgumentException if the name of the target is blank
     */
    public JournalMember {
        if (target.isBlank()) {
            throw new IllegalArgumentException("A journal entry names its targets; one is blank");
        }
        reason = reason == null || reason.isBlank() ? null : ShownText.withoutSecrets(reason, REASON_CHARACTERS);
    }

    /**
     * Returns a member without a reason.
     *
     * @param target the name of the target
     * @param state what is known
     * @return the member
     */
    public static JournalMember of(String target, State state) {
        return new JournalMember(target, state, null);
    }

    /** Returns what a target is known to show after a write or delete. */
    static JournalMember after(TargetOutcome outcome) {
        String target = outcome.target();
        if (outcome instanceof TargetOutcome.Committed) {
            return of(target, State.COMMITTED);
        }
        if (outcome instanceof TargetOutcome.InDoubt doubt) {
            return new JournalMember(target, State.IN_DOUBT, text(doubt.cause()));
        }
        if (outcome instanceof TargetOutcome.Failed failed) {
            return new JournalMember(target, State.MISSED, text(failed.cause()));
        }
        if (outcome instanceof TargetOutcome.Detached detached) {
            return new JournalMember(target, State.MISSED, text(detached.cause()));
        }
        return of(target, State.MISSED);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
