package io.parallelwrite.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One write in progress at one target.
 *
 * <p><b>Order.</b> {@link #write} any number of times, then {@link #prepare}, then {@link #commit}; or {@link #abort} at
 * any point before the commit. The calls come one at a time, each after the stage of the one before has completed, from
 * any worker thread; memory is visible from one to the next. Only {@link #cancel} comes from elsewhere.
 *
 * <p><b>Blocking or not.</b> A method may do its work on the calling worker and return {@link #done()}, or start it and
 * return a stage that completes later: until then no worker is held. A blocking method is never interrupted. When its
 * deadline passes, the caller goes on without it; the target gets {@link #abort} after the method has returned.
 *
 * <p><b>Failure.</b> A method fails by throwing or by completing its stage exceptionally; the two mean the same. After a
 * failure only {@link #abort} is called.
 *
 * <p>Not thread-safe: see <b>Order</b>.
 */
public interface TargetWrite {

    /**
     * Returns the stage of a method that did all its work before it returned.
     *
     * @return a completed stage
     */
    static CompletionStage<Void> done() {
        return Done.STAGE;
    }

    /**
     * Takes the next bytes.
     *
     * @param bytes read-only to the target; its position must have reached its
     *     limit when the stage completes, or the target has failed. The memory belongs to the caller again
     *     when the stage completes, and is then reused
     * @return completes when the bytes have been taken, not necessarily when they are durable
     * @throws IOException if they could not be taken; the message says what to do where that is known
     */
    CompletionStage<?> write(ByteBuffer bytes) throws IOException;

    /**
     * Makes the staged bytes complete and durable, still invisible.
     *
     * @param content the size and checksum of all bytes that were written, for the target to check its own against
     * @return completes when only {@link #commit} is left to do
     * @throws IOException if the bytes are not complete, not equal to {@code content} or not durable; never retried
     */
    CompletionStage<?> prepare(ContentDigest content) throws IOException;

    /**
     * Makes the object visible under its path, atomically at this target.
     *
     * @return what the target now holds
     * @throws NotAppliedException if nothing visible has changed, for certain
     * @throws IOException if that is not certain; the target is then reported in doubt
     */
    CompletionStage<Receipt> commit() throws IOException;

    /**
     * Discards the staged bytes; nothing visible has changed.
     *
     * <p>Called at most once, never after {@link #commit} succeeded, and after a failed commit only when that failed with
     * {@link NotAppliedException}.
     *
     * @return completes when the staged bytes are gone
     * @throws IOException if something may be left behind; a target that stages only reports it, one that does not is
     *     then in doubt
     */
    CompletionStage<?> abort() throws IOException;

    /**
     * Tells, after {@link #prepare}, whether the commit can still be refused or fail for reasons preparing cannot rule
     * out: a service that may be away by then, or bytes that are only sent with the commit.
     *
     * <p>Such targets commit first. When one of them fails and the acknowledgement rule can no longer be met, the others
     * are aborted, and nothing has become visible on them. A target whose commit is all but certain, such as a rename,
     * answers {@code false}, the default.
     *
     * @return whether this target write is to commit before those that answer {@code false}
     */
    default boolean commitsFirst() {
        return false;
    }

    /**
     * Asks a call in progress to end soon because the write is going to be aborted.
     *
     * <p>Called on any thread, at any time, also while another method runs; must not block. Does nothing by default.
     */
    default void cancel() {}

    /** Holds the shared completed stage. */
    final class Done {
        private static final CompletionStage<Void> STAGE = CompletableFuture.completedStage(null);

        private Done() {}
    }
}
