package io.parallelwrite.stream;

import io.parallelwrite.outcome.LateCompletion;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One write or delete from its first call to a target to its result: the lanes, and the steps they take together.
 *
 * <p>The caller's thread opens, offers chunks, and ends it exactly once, by {@link #commit}, {@link #abort} or {@link
 * #delete}. Workers report failures through {@link Lane.Owner}; the moment the acknowledgement rule can no longer be met,
 * the memory account is closed, which fails the caller's next request for a chunk, and wakes it if it is waiting for one.
 *
 * <p>Thread-safe, but for the order of the calls above.
 */
final class OpenWrite implements Lane.Owner {

    // immutable
    private final EngineParts parts;
    private final TargetPath path;
    private final Settlement settlement;
    private final List<Lane> lanes;
    private final ChunkPool.Account account = new ChunkPool.Account();

    OpenWrite(EngineParts parts, TargetPath path, Settlement settlement) {
        this.parts = parts;
        this.path = path;
        this.settlement = settlement;
        this.lanes = parts.targets().stream()
                .map(target -> target.newLane(parts.timer(), this))
                .toList();
    }

    TargetPath path() {
        return path;
    }

    /** Opens every target write at once and waits for all; whether enough opened shows in {@link #isDoomed()}. */
    void open(WriteRequest request) throws InterruptedIOException {
        Await.interruptibly(lanes.stream().map(lane -> lane.open(request)).toList());
    }

    /** Tells whether the acknowledgement rule can no longer be met. */
    boolean isDoomed() {
        List<Lane> good = lanes.stream().filter(lane -> lane.failure() == null).toList();
        return !parts.rule().isMet(CommitRound.names(good), CommitRound.names(lanes));
    }

    /** Waits for memory; back-pressure is here. */
    Chunk takeChunk(int size) throws IOException {
        CompletableFuture<Chunk> chunk = parts.pool().take(account, size);
        try {
            return Await.interruptibly(chunk);
        } catch (InterruptedIOException ex) {
            parts.pool().close(account, ex);
            if (chunk.isDone() && !chunk.isCompletedExceptionally()) {
                chunk.join().release();
            }
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
     * @throws InterruptedIOException if the thread was interrupted before the decision; nothing was ended
     */
    WriteResult commit(ContentDigest content) throws InterruptedIOException {
        Await.interruptibly(lanes.stream().map(lane -> lane.prepare(content)).toList());
        CommitRound round = new CommitRound(parts, path, settlement, lanes);
        if (round.run(Lane::commit, Phase.COMMIT, content)) {
            discard(lanes.stream().filter(lane -> !settlement.isSettled(lane)).toList());
        } else {
            discard(lanes);
        }
        return finish(content.size(), content.checksum());
    }

    /** Discards everything at every target. */
    WriteResult abort(long size) {
        parts.pool().close(account, new IOException("The write of '" + path + "' was aborted"));
        discard(lanes);
        return finish(size, null);
    }

    /** Deletes the object at every target. */
    WriteResult delete() {
        CommitRound round = new CommitRound(parts, path, settlement, lanes);
        round.run(lane -> lane.delete(path).thenApply(gone -> Receipt.DELETED), Phase.DELETE, null);
        discard(lanes.stream().filter(lane -> !settlement.isSettled(lane)).toList());
        return finish(0, null);
    }

    private WriteResult finish(long size, @Nullable Checksum checksum) {
        parts.pool().close(account, new IOException("The write of '" + path + "' has ended"));
        lanes.forEach(Lane::close);
        WriteResult result = settlement.result(size, checksum);
        parts.admission().leave();
        parts.listeners().finished(settlement.start(), result);
        return result;
    }

    /** Aborts lanes and settles them; waits, at most until the abort deadlines. */
    private void discard(List<Lane> discarded) {
        List<CompletableFuture<?>> settled = new ArrayList<>();
        for (Lane lane : discarded) {
            Lane.Failure failure = lane.failure(); // before the abort, which makes running calls fail
            settled.add(lane.abort().handle((gone, ex) -> {
                settleDiscarded(lane, failure, ex);
                return null;
            }));
        }
        Await.uninterruptibly(settled);
    }

    private void settleDiscarded(Lane lane, Lane.@Nullable Failure failure, @Nullable Throwable abortFailure) {
        if (abortFailure != null && failure != null && failure.cause() != abortFailure) {
            failure.cause().addSuppressed(abortFailure);
        }
        if (abortFailure != null && !lane.target().staged()) {
            settlement.inDoubt(lane, Phase.ABORT, failure != null ? failure.cause() : abortFailure);
        } else if (failure != null) {
            settlement.failed(lane, failure);
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
    public void callAbandoned(Lane lane, Phase phase) {
        if (changesWhatIsVisible(phase)) {
            parts.targets().get(lanes.indexOf(lane)).changeAbandoned(path);
        }
    }

    @Override
    public void callEndedLate(Lane lane, Phase phase, @Nullable Throwable failure) {
        if (changesWhatIsVisible(phase)) {
            parts.targets().get(lanes.indexOf(lane)).changeReturned(path);
        }
        parts.listeners()
                .completedLate(
                        settlement.start(), new LateCompletion(lane.target().name(), phase, failure));
    }

    private static boolean changesWhatIsVisible(Phase phase) {
        return phase == Phase.COMMIT || phase == Phase.DELETE;
    }
}
