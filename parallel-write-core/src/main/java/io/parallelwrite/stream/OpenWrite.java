package io.parallelwrite.stream;

import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One write or delete from its first call to a target to its result: the lanes, and the steps they take together.
 *
 * <p>The caller's thread opens, offers chunks, and ends it exactly once, by {@link #commit}, {@link #abort} or {@link
 * #delete}. Workers report failures through {@link Lane.Owner}; the moment the acknowledgement rule can no longer be met,
 * the memory account is closed, which fails the caller's next request for a chunk, and wakes it if it is waiting for one.
 *
 * <p>The path's lock is held from the decision until the last commit is settled. If a target does not stage, it is held
 * from before the open to the end: what is written there is seen at once.
 *
 * <p>Thread-safe, but for the order of the calls above.
 */
final class OpenWrite implements Lane.Owner {

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    // immutable
    private final EngineParts parts;
    private final TargetPath path;
    private final Settlement settlement;
    private final List<Lane> lanes;
    private final boolean allStaged;
    private final CommitGuard guard;
    private final ChunkPool.Account account = new ChunkPool.Account();

    // used by the thread that opens, and after it by the one that ends
    private volatile boolean pathLocked;
    private volatile Runnable forgetBegun = () -> {};
    private volatile ContentAttributes attributes = ContentAttributes.NONE;

    // used by the thread that ends it
    private DecisionLog.@Nullable Decision decision;

    OpenWrite(EngineParts parts, TargetPath path, Settlement settlement, CommitGuard guard) {
        this.parts = parts;
        this.path = path;
        this.settlement = settlement;
        this.guard = guard;
        this.lanes = parts.targets().stream()
                .map(target -> target.newLane(parts.timer(), this))
                .toList();
        this.allStaged = lanes.stream().allMatch(lane -> lane.target().staged());
    }

    TargetPath path() {
        return path;
    }

    /** Opens every target write at once and waits for all; whether enough opened shows in {@link #isDoomed()}. */
    void open(WriteRequest request) throws IOException {
        attributes = request.attributes();
        if (!allStaged) {
            lockPath(); // bytes written side by side would mix
            guard.check(); // they are seen at once
            round().refuseOvertaking(Phase.OPEN);
            noteBegin();
        }
        Await.interruptibly(lanes.stream().map(lane -> lane.open(request)).toList());
    }

    private void noteBegin() {
        if (lanes.size() > 1) {
            forgetBegun = parts.decisions().begin(settlement.start(), attributes);
        }
    }

    private void lockPath() throws IOException {
        if (!pathLocked) {
            parts.pathLocks().lock(path);
            pathLocked = true;
        }
    }

    void unlockPath() {
        if (pathLocked) {
            pathLocked = false;
            parts.pathLocks().release(path);
        }
    }

    /** Tells whether the acknowledgement rule can no longer be met. */
    boolean isDoomed() {
        List<Lane> good = lanes.stream().filter(lane -> lane.failure() == null).toList();
        return !parts.isMet(CommitRound.names(good), CommitRound.names(lanes));
    }

    /** Waits for memory; back-pressure is here. */
    Chunk takeChunk(int size) throws IOException {
        CompletableFuture<Chunk> chunk = parts.pool().take(account, size);
        try {
            return Await.interruptibly(chunk);
        } catch (InterruptedIOException ex) {
            parts.pool().close(account, ex);
            chunk.thenAccept(Chunk::release); // it may be on its way
            throw ex;
        }
    }

    /** Hands a filled chunk to every lane; the caller's reference goes with it. */
    void offer(Chunk chunk) {
        chunk.share(lanes.size());
        lanes.forEach(lane -> lane.write(chunk));
        chunk.release();
    }

    /**
     * Prepares all, decides, and commits all or aborts all.
     *
     * @throws IOException if the thread was interrupted, the path's lock not free in time, the guard against it, or the
     *     decision could not be remembered; then nothing has been ended
     */
    WriteResult commit(ContentDigest content) throws IOException {
        if (!isDoomed()) {
            Await.interruptibly(
                    lanes.stream().map(lane -> lane.prepare(content)).toList());
        }
        if (!isDoomed()) {
            lockPath();
            permit(content);
            round().run(Lane::commit, Phase.COMMIT, content);
        }
        if (allStaged) {
            settleDecision(); // what has no outcome yet is discarded, and was never visible
            unlockPath();
        }
        Await.uninterruptibly(discardUnsettled());
        return finish(content.size(), content.checksum());
    }

    /** Deletes the object at every target; fails as {@link #commit} does. */
    WriteResult delete() throws IOException {
        lockPath();
        permit(null);
        round().run(lane -> lane.delete(path).thenApply(gone -> Receipt.DELETED), Phase.DELETE, null);
        Await.uninterruptibly(discardUnsettled());
        return finish(0, null);
    }

    /** Asks who may be against the commit; whatever they throw, nothing is visible yet. */
    private void permit(@Nullable ContentDigest content) throws IOException {
        try {
            guard.check();
            decide(content);
        } catch (RuntimeException ex) {
            throw new IOException("what is asked before the commit failed: " + ex, ex);
        }
    }

    /** Has it remembered that this is about to become visible on several targets. */
    private void decide(@Nullable ContentDigest content) throws IOException {
        if (lanes.size() > 1) {
            decision = parts.decisions().decide(settlement.start(), content, attributes);
        }
    }

    private void settleDecision() {
        DecisionLog.Decision made = decision != null ? decision : belatedDecision();
        decision = null;
        if (made == null) {
            return;
        }
        try {
            made.settle(settlement.known());
        } catch (RuntimeException | Error ex) { // what was committed is, and the path must not stay locked
            log.error("What became of a change of '" + path + "' could not be remembered: " + settlement.known(), ex);
        }
    }

    /**
     * Has a write remembered that failed before it was decided, if a target that does not stage may show a part of it, or has
     * lost what it held.
     */
    private DecisionLog.@Nullable Decision belatedDecision() {
        boolean diverged = !allStaged
                && lanes.size() > 1
                && settlement.start().operation() == Operation.WRITE
                && settlement.known().stream().anyMatch(TargetOutcome.InDoubt.class::isInstance);
        try {
            return diverged ? parts.decisions().decide(settlement.start(), null, attributes) : null;
        } catch (IOException | RuntimeException | Error ex) { // the write has failed already, and says so
            log.error("That '" + path + "' may be diverged could not be remembered: " + settlement.known(), ex);
            return null;
        }
    }

    private CommitRound round() {
        return new CommitRound(parts, path, settlement, lanes);
    }

    /** Discards everything at every target. */
    WriteResult abort(long size) {
        Await.uninterruptibly(beginAbort());
        return finish(size, null);
    }

    /** Starts to discard everything; the futures complete when that is done or its deadlines have passed. */
    List<CompletableFuture<?>> beginAbort() {
        parts.pool().close(account, new IOException("The write of '" + path + "' was aborted"));
        return discardUnsettled();
    }

    /** Ends it after something nobody expected, such as a lack of memory: what is not known is in doubt. */
    WriteResult collapse(long size, Throwable cause) {
        lanes.forEach(lane -> settlement.inDoubt(lane, Phase.COMMIT, cause));
        return finish(size, null);
    }

    WriteResult finish(long size, @Nullable Checksum checksum) {
        try {
            settleDecision();
            forgetBegun.run();
            unlockPath();
            parts.admission().leave();
            parts.pool().close(account, new IOException("The write of '" + path + "' has ended"));
            lanes.forEach(Lane::close);
            WriteResult result = settlement.result(size, checksum);
            parts.listeners().finished(settlement.start(), result);
            return result;
        } finally {
            parts.admission().end();
        }
    }

    /** Aborts the lanes that have no outcome yet, and settles them. */
    private List<CompletableFuture<?>> discardUnsettled() {
        return lanes.stream()
                .filter(lane -> !settlement.isSettled(lane))
                .<CompletableFuture<?>>map(this::discard)
                .toList();
    }

    private CompletableFuture<?> discard(Lane lane) {
        Lane.Failure failure = lane.failure(); // before the abort, which makes running calls fail
        return lane.abort().handle((gone, ex) -> {
            settleDiscarded(lane, failure, ex);
            return lane;
        });
    }

    private void settleDiscarded(Lane lane, Lane.@Nullable Failure failure, @Nullable Throwable abortFailure) {
        if (failure != null) {
            failure.suppress(abortFailure);
        }
        if (abortFailure != null && !lane.target().staged()) {
            settlement.inDoubt(
                    lane,
                    failure != null ? failure.phase() : Phase.ABORT,
                    failure != null ? failure.cause() : abortFailure);
        } else if (failure != null) {
            settlement.failed(lane, failure, abortFailure);
        } else {
            settlement.aborted(lane, abortFailure);
        }
    }

    @Override
    public void laneFailed(Lane lane) {
        if (isDoomed()) {
            parts.pool()
                    .close(account, new IOException("The write of '" + path + "' cannot succeed on enough targets"));
        }
    }

    @Override
    public void stepExpired(Lane lane, Phase phase) {
        if (changesWhatIsVisible(lane, phase)) {
            lane.target().changeAbandoned(path);
        }
    }

    @Override
    public void stepEndedLate(Lane lane, Phase phase, @Nullable Throwable failure) {
        if (changesWhatIsVisible(lane, phase)) {
            lane.target().changeReturned(path);
        }
        if (phase == Phase.COMMIT && failure instanceof NotAppliedException) {
            lane.abort().whenComplete((gone, ex) -> {
                if (ex != null) { // staged bytes that are of no use any more stay
                    completedLate(lane, Phase.ABORT, ex);
                }
            });
        }
        completedLate(lane, phase, failure);
    }

    private void completedLate(Lane lane, Phase phase, @Nullable Throwable failure) {
        parts.listeners()
                .completedLate(
                        settlement.start(), new LateCompletion(lane.target().name(), phase, failure));
    }

    private static boolean changesWhatIsVisible(Lane lane, Phase phase) {
        return phase == Phase.COMMIT || phase == Phase.DELETE || !lane.target().staged();
    }
}
