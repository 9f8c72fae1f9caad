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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One write or delete from its first call to a target to its result: the lanes, and the steps they take together.
 *
 * <p>The caller's thread opens, offers chunks, and ends it exactly once, by {@link #commit}, {@link #abort} or {@link
 * #delete}. Workers report failures through {@link Lane.Owner}; the moment the acknowledgement rule can no longer be met,
 * the memory account is closed, which fails the caller's next request for a chunk, and wakes it if it is waiting for one. If
 * that is because lanes have overrun their total, the stream is told, and ends the write even if its caller does not.
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
    private final CleanUp cleanUp;
    private final LagWatch lagWatch;
    private final PathHold pathHold;
    private final ChunkPool.Account account = new ChunkPool.Account();

    // used by the thread that opens, and after it by the one that ends
    private volatile Runnable forgetBegun = () -> {};
    private volatile ContentAttributes attributes = ContentAttributes.NONE;

    // written before the lanes are opened
    private volatile Runnable whenOverdue = () -> {};

    // used by the thread that ends it
    private DecisionLog.@Nullable Decision decision;
    private boolean repairTold;

    OpenWrite(EngineParts parts, TargetPath path, Settlement settlement, CommitGuard guard) {
        this.parts = parts;
        this.path = path;
        this.settlement = settlement;
        this.guard = guard;
        this.lanes = parts.targets().stream()
                .map(target -> target.newLane(parts.timer(), this))
                .toList();
        this.cleanUp = new CleanUp(lanes, settlement, (lane, ex) -> completedLate(lane, Phase.ABORT, ex));
        this.lagWatch = new LagWatch(parts, lanes);
        this.pathHold = new PathHold(parts.pathLocks(), path);
        this.allStaged = lanes.stream().allMatch(lane -> lane.target().staged());
    }

    TargetPath path() {
        return path;
    }

    /**
     * Opens every target write at once and waits for all; whether enough opened shows in {@link #isDoomed()}.
     *
     * @param whenOverdue called, perhaps more than once and on the alarm's thread, when too many lanes have overrun their total
     */
    void open(WriteRequest request, Runnable whenOverdue) throws IOException {
        this.whenOverdue = whenOverdue;
        attributes = request.attributes();
        lanes.forEach(lane -> lane.failIfOut(Phase.OPEN));
        if (isDoomed()) {
            return; // the others would only have to be aborted
        }
        if (!allStaged) {
            pathHold.take(); // bytes written side by side would mix
            guard.check(); // they are seen at once
            round().refuseOvertaking(Phase.OPEN);
            noteBegin();
        }
        awaitStep(lane -> lane.open(request));
    }

    /** Has every lane make a step, and waits for all. */
    private void awaitStep(Function<Lane, CompletableFuture<?>> step) throws IOException {
        Map<Lane, CompletableFuture<?>> steps = new LinkedHashMap<>();
        lanes.forEach(lane -> steps.put(lane, step.apply(lane)));
        lagWatch.waitForSteps(steps);
        try {
            Await.interruptibly(steps.values());
        } finally {
            lagWatch.end();
        }
    }

    private void noteBegin() {
        if (lanes.size() > 1) {
            forgetBegun = parts.decisions().begin(settlement.start(), attributes);
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
        if (!chunk.isDone()) {
            lagWatch.waitForMemory();
        }
        try {
            return Await.interruptibly(chunk);
        } catch (InterruptedIOException ex) {
            parts.pool().close(account, ex);
            chunk.thenAccept(Chunk::release); // it may be on its way
            throw ex;
        } finally {
            lagWatch.end();
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
            awaitStep(lane -> lane.prepare(content));
        }
        if (!isDoomed()) {
            pathHold.take();
            permit(content);
            round().run(Lane::commit, Phase.COMMIT, content);
        }
        if (allStaged) {
            cleanUp.settleDetached();
            settleDecision(); // what has no outcome yet is discarded, and was never visible
            pathHold.giveBack();
        }
        Await.uninterruptibly(cleanUp.discardUnsettled());
        return finish(content.size(), content.checksum());
    }

    /** Deletes the object at every target; fails as {@link #commit} does. */
    WriteResult delete() throws IOException {
        lanes.forEach(lane -> lane.failIfOut(Phase.DELETE));
        if (!isDoomed()) {
            pathHold.take();
            permit(null);
            round().run(lane -> lane.delete(path).thenApply(gone -> Receipt.DELETED), Phase.DELETE, null);
        }
        Await.uninterruptibly(cleanUp.discardUnsettled());
        return finish(0, null);
    }

    /** Asks who may be against the commit; whatever they throw, nothing is visible yet. */
    private void permit(@Nullable ContentDigest content) throws IOException {
        try {
            guard.check();
            decide(content);
        } catch (RuntimeException | Error ex) {
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
        try {
            if (made != null) {
                made.settle(settlement.knownOrExpected(lanes));
            } else if (settlement.start().operation() == Operation.REPAIR && !repairTold) {
                repairTold = true; // the path may be another's when this is called again
                parts.decisions().repaired(path, settlement.known());
            }
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

    private void noteEnd() {
        try {
            forgetBegun.run();
        } catch (RuntimeException
                | Error ex) { // the next start looks at the path once more, which must not stay locked
            log.error("That a write of '" + path + "' has ended could not be noted", ex);
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
        return cleanUp.discardUnsettled();
    }

    /** Ends it after something nobody expected, such as a lack of memory: what is not known is in doubt. */
    WriteResult collapse(long size, Throwable cause) {
        cleanUp.settleDetached();
        lanes.forEach(lane -> settlement.inDoubt(lane, Phase.COMMIT, cause));
        return finish(size, null);
    }

    WriteResult finish(long size, @Nullable Checksum checksum) {
        try {
            settleDecision();
            noteEnd();
            pathHold.giveBack();
            parts.admission().leave();
            parts.pool().close(account, new IOException("The write of '" + path + "' has ended"));
            lanes.forEach(Lane::close);
            lagWatch.close();
            WriteResult result = settlement.result(size, checksum);
            parts.listeners().finished(settlement.start(), result);
            return result;
        } finally {
            cleanUp.done().whenComplete((done, ex) -> parts.admission().end());
        }
    }

    /** Runs what may call listeners and must not be done by the alarm. */
    void runOnWorker(Runnable task) {
        try {
            parts.executor().execute(task);
        } catch (RuntimeException | Error ex) { // it takes no more work, and the write must end all the same
            log.warn("No worker ends the write of '" + path + "'; the alarm does", ex);
            task.run();
        }
    }

    @Override
    public void laneFailed(Lane lane) {
        if (CleanUp.isDetached(lane)) {
            cleanUp.discard(lane);
        }
        lagWatch.look();
        if (isDoomed()) {
            parts.pool()
                    .close(account, new IOException("The write of '" + path + "' cannot succeed on enough targets"));
            if (lanes.stream().anyMatch(Lane::isOverdue)) {
                whenOverdue.run();
            }
        }
    }

    @Override
    public void laneMoved(Lane lane) {
        lagWatch.look();
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
            if (failure != null && !(failure instanceof NotAppliedException)) {
                noteEndedInDoubt();
            }
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

    private void noteEndedInDoubt() {
        try {
            parts.decisions().endedInDoubt(path, settlement.start().id());
        } catch (RuntimeException | Error ex) { // the path must not stay taken
            log.error("That a change of '" + path + "' may still be made could not be noted", ex);
        }
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
