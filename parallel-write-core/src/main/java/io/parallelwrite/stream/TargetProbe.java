package io.parallelwrite.stream;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One try whether a target works again: a few bytes are written, made durable, published under {@link TargetPath#PROBE} and
 * deleted, as a write and a delete do. Looking would not do: a disk that hangs when it is written still answers who looks.
 *
 * <p><b>Threads.</b> The steps are made on the target's workers, within its deadlines; whoever starts it goes on. One that
 * hangs is given up as any call is, and the probe ends when that call has returned.
 *
 * <p><b>Left-overs.</b> If the delete is refused for certain, because the kind has no way to delete or it is not allowed, the
 * target does take writes, and the probe has succeeded. Its object stays, and the next probe replaces it, as it does one left
 * by a process that was killed.
 *
 * <p>Thread-safe.
 */
final class TargetProbe implements Lane.Owner {

    private static final byte[] BYTES =
            "Written to see whether this place takes writes.\n".getBytes(StandardCharsets.US_ASCII);
    private static final ContentDigest CONTENT = digest();

    private final Lane lane;
    private final TargetBreaker.ProbeEnd end;

    // mutable, guarded by this
    private int unreturnedCount;
    private boolean settled;
    private boolean told;
    private @Nullable Throwable failure;

    private TargetProbe(EngineTarget target, DeadlineTimer timer, TargetBreaker.ProbeEnd end) {
        this.lane = target.newLane(timer, this);
        this.end = end;
    }

    private static ContentDigest digest() {
        CRC32C crc = new CRC32C();
        crc.update(BYTES);
        return new ContentDigest(BYTES.length, Checksum.crc32c(crc.getValue()));
    }

    /** Starts a probe; returns at once. See {@link TargetBreaker.Prober#start}. */
    static void start(EngineTarget target, DeadlineTimer timer, TargetBreaker.ProbeEnd end) {
        new TargetProbe(target, timer, end).run();
    }

    /** Queues all steps: each is made when the one before has succeeded, and the first failure drops the rest. */
    private void run() {
        CompletableFuture<?> opened = lane.open(new WriteRequest(
                TargetPath.PROBE, UUID.randomUUID().toString(), ContentAttributes.NONE, false, BYTES.length));
        CompletableFuture<?> written = lane.write(ByteBuffer.wrap(BYTES).asReadOnlyBuffer());
        CompletableFuture<?> prepared = lane.prepare(CONTENT);
        CompletableFuture<Receipt> committed = lane.commit();
        CompletableFuture<?> deleted = lane.delete(TargetPath.PROBE);
        CompletableFuture.allOf(opened, written, prepared, committed, deleted)
                .whenComplete((done, ex) ->
                        discard(committed).whenComplete((gone, failedAbort) -> settle(failure(committed, deleted))));
    }

    /** Discards what is staged, if the commit was certainly not made. */
    private CompletableFuture<?> discard(CompletableFuture<Receipt> committed) {
        boolean staged = failureOf(committed) instanceof NotAppliedException;
        return staged ? lane.abort() : CompletableFuture.completedFuture(null);
    }

    private @Nullable Throwable failure(CompletableFuture<Receipt> committed, CompletableFuture<?> deleted) {
        if (committed.isCompletedExceptionally()) {
            Lane.Failure first = lane.failure();
            return first != null ? first.cause() : failureOf(committed);
        }
        String difference = committed.join().differenceFrom(CONTENT).orElse(null);
        if (difference != null) {
            return new IOException("what it says it stored is not what was sent: " + difference);
        }
        Throwable notDeleted = failureOf(deleted);
        return notDeleted instanceof NotAppliedException ? null : notDeleted;
    }

    /** Returns what a completed future failed with, or {@code null}. */
    private static @Nullable Throwable failureOf(CompletableFuture<?> completed) {
        try {
            completed.join();
            return null;
        } catch (CompletionException ex) {
            return ex.getCause() != null ? ex.getCause() : ex;
        }
    }

    private void settle(@Nullable Throwable cause) {
        synchronized (this) {
            settled = true;
            failure = cause;
        }
        tellIfEnded();
    }

    private void tellIfEnded() {
        Throwable cause;
        synchronized (this) {
            if (!settled || told || unreturnedCount != 0) {
                return;
            }
            told = true;
            cause = failure;
        }
        lane.close();
        end.ended(cause); // the next probe is due after this one
    }

    @Override
    public void laneFailed(Lane failed) {
        // The steps that are dropped say so.
    }

    @Override
    public void laneMoved(Lane moved) {
        // Nobody is held up.
    }

    @Override
    public void stepExpired(Lane expired, Phase phase) {
        synchronized (this) {
            unreturnedCount++; // may be back already, and then was counted below zero
        }
        tellIfEnded();
    }

    @Override
    public void stepEndedLate(Lane late, Phase phase, @Nullable Throwable cause) {
        synchronized (this) {
            unreturnedCount--;
        }
        tellIfEnded();
    }
}
