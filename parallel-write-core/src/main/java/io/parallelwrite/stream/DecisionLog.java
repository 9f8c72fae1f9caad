package io.parallelwrite.stream;

import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what an engine is about to make visible, so that a crash between two commits is found again.
 *
 * <p>Thread-safe. Calls about one path come one after the other: they are made while no other commit changes it.
 */
@FunctionalInterface
public interface DecisionLog {

    /** Remembers nothing. */
    DecisionLog NONE = (start, content, attributes) -> outcomes -> {};

    /**
     * Remembers a decision, before the first target is told to commit or delete. On the caller's thread; blocks until it is
     * durable.
     *
     * @param start the write or delete, with its targets
     * @param content what is about to be committed; {@code null} for a delete, and for a write that has failed at a target
     *     that does not stage, so that it may show a part of it
     * @param attributes what is kept beside it; none for a delete
     * @return takes what became of it
     * @throws IOException if it cannot be remembered; nothing is committed then, and the write fails for this reason
     */
    Decision decide(WriteStart start, @Nullable ContentDigest content, ContentAttributes attributes) throws IOException;

    /**
     * Notes that a write is about to begin at a target that does not stage, so that a crash from now on is found again. On the
     * caller's thread; does not wait until it is durable, and must not throw. Does nothing by default.
     *
     * @param start the write, with its targets
     * @param attributes what is kept beside the bytes
     * @return says that the write has ended, after what became of it has been settled
     */
    default Runnable begin(WriteStart start, ContentAttributes attributes) {
        return () -> {};
    }

    /**
     * Takes what became of a {@linkplain io.parallelwrite.outcome.Operation#REPAIR repair}, which is no decision of its own:
     * a request of it that was given up may arrive later, and undo what is decided next. Once, while no other commit changes
     * the path; must not throw. Does nothing by default.
     *
     * @param path the path
     * @param outcomes those that are known
     */
    default void repaired(TargetPath path, List<TargetOutcome> outcomes) {}

    /**
     * Takes that a change which was given up has ended at a target, and not said that it was not made: the request it sent
     * last may still arrive, however long ago it was given up. Before the path is free of it at that target, on the thread
     * that ended it; must be quick, and not throw. Does nothing by default.
     *
     * @param path the path
     * @param id the token of the write, delete or repair; others may have been decided since
     */
    default void endedInDoubt(TargetPath path, String id) {}

    /**
     * Tells whether it remembers something of a path, so that the targets are, or may be, diverged there. Answers from
     * memory. A log that remembers only what is being carried out says no, which is the default.
     *
     * @param path the path
     * @return {@code true} if what the targets should hold is known here alone
     */
    default boolean remembers(TargetPath path) {
        return false;
    }

    /**
     * Tells how many decisions it remembers that a target is not known to show. Answers from memory; those that are being
     * carried out do not count. A log that remembers only those says 0, which is the default.
     *
     * @param target the name of the target
     * @return the number
     */
    default int waitingCount(String target) {
        return 0;
    }

    /**
     * Adds who is told when a target has come to wait for something, and when for nothing any more. Does nothing by default.
     *
     * @param listener called with the name of the target, on the thread that changed what is remembered; it must be quick
     */
    default void whenWaitingChanges(Consumer<? super String> listener) {}

    /** A decision that is being carried out. */
    @FunctionalInterface
    interface Decision {

        /**
         * Takes what became of it, once, while no other commit changes the path. Must not throw.
         *
         * @param outcomes those that are known, also of targets that failed before the decision; a target without one shows
         *     no change, and will not
         */
        void settle(List<TargetOutcome> outcomes);
    }
}
