package io.parallelwrite.s3;

import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one write into parts and sends each part that is full once more bytes come, so that an object of up
 * to one part never becomes an upload.
 *
 * <h2>Back-pressure</h2>
 *
 * A full part is sent at once while fewer than {@code concurrency} are in flight. The next buffer is the one every write is
 * entitled to if that is free, else one from the shared budget if that has room at this moment. When either is missing, the
 * stage of the write stays pending until a part <em>of this write</em> ends; one is in flight then, because the entitled
 * buffer is either free or in flight. So a write never waits for another one, and no worker is held.
 *
 * <h2>Threads</h2>
 *
 * Bytes come from the engine, one call at a time; parts end on threads of the SDK; {@link #cancel()} comes from anywhere.
 * Nothing blocks.
 */
final class S3Parts {

    // immutable
    private final S3WriteCalls calls;
    private final S3TargetSettings settings;
    private final PartMemory memory;
    private final PartSizes sizes;
    // mutable, confined to the calls of the engine, which come one at a time
    private @Nullable PartBuffer current;
    private int sentCount;
    private Crc32cOfPieces sent = Crc32cOfPieces.NONE;
    // mutable; written before the other is read, so cancel() and begin() cannot both miss each other
    private volatile @Nullable S3Upload upload;
    private volatile boolean cancelled;
    // mutable, guarded by this
    private int inFlight;
    private boolean entitlementFree = true;
    private @Nullable Throwable failure;
    private @Nullable CompletableFuture<Void> partEnd;

    S3Parts(S3WriteCalls calls, S3TargetSettings settings, PartMemory memory, long expectedBytes) {
        this.calls = calls;
        this.settings = settings;
        this.memory = memory;
        this.sizes = new PartSizes(settings.partSize().toBytes(), expectedBytes);
    }

    /** Copies bytes into parts; completes when all were copied. */
    CompletionStage<Void> take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            CompletableFuture<Void> wait = waitForRoom();
            if (wait != null) {
                return wait.thenCompose(ended -> take(bytes));
            }
            PartBuffer part = current;
            if (part != null) {
                part.put(bytes);
            }
        }
        return TargetWrite.done();
    }

    /** Returns the size and checksum of all bytes, as they were put into parts. Not to be called after {@link #finish}. */
    ContentDigest digest() {
        PartBuffer part = current;
        return (part == null ? sent : part.after(sent)).digest();
    }

    /** Makes room in the current part. Returns {@code null} if it has room, else what to wait for before trying again. */
    private @Nullable CompletableFuture<Void> waitForRoom() {
        PartBuffer part = current;
        if (part != null && !part.isFull()) {
            return failedEarlier();
        }
        if (part != null) {
            CompletableFuture<Void> wait = waitToSend();
            if (wait != null) {
                return wait;
            }
            send(part);
        }
        return waitForBuffer();
    }

    /** Sends the last part of an upload and waits for all of them; keeps the bytes of an object that needs no upload. */
    CompletionStage<Void> finish() {
        PartBuffer part = current;
        if (upload != null && part != null) {
            CompletableFuture<Void> wait = waitToSend();
            if (wait != null) {
                return wait.thenCompose(ended -> finish());
            }
            send(part);
        }
        CompletableFuture<Void> wait = waitForEnd();
        return wait == null ? TargetWrite.done() : wait.thenCompose(ended -> finish());
    }

    private synchronized @Nullable CompletableFuture<Void> failedEarlier() {
        return failure == null ? null : CompletableFuture.failedFuture(failure);
    }

    private synchronized @Nullable CompletableFuture<Void> waitToSend() {
        if (failure == null && inFlight < settings.concurrency()) {
            inFlight++;
            return null;
        }
        return partEnd();
    }

    private synchronized @Nullable CompletableFuture<Void> waitForBuffer() {
        long size = sizes.of(sentCount + 1, sent.byteCount());
        if (failure == null && entitlementFree) {
            entitlementFree = false;
            current = new PartBuffer(memory, size, 0, sentCount == 0);
            return null;
        }
        if (failure == null && memory.tryReserve(size)) {
            current = new PartBuffer(memory, size, size, false);
            return null;
        }
        return partEnd();
    }

    private synchronized @Nullable CompletableFuture<Void> waitForEnd() {
        return failure == null && inFlight == 0 ? null : partEnd();
    }

    /** Called with the lock held. */
    private CompletableFuture<Void> partEnd() {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (partEnd == null) {
            partEnd = new CompletableFuture<>();
        }
        return partEnd;
    }

    private void send(PartBuffer part) {
        current = null;
        S3Upload begun = upload;
        if (begun == null) {
            begun = begin();
        }
        sentCount++;
        sent = part.after(sent);
        begun.send(sentCount, part).whenComplete((done, thrown) -> ended(part, thrown));
    }

    private S3Upload begin() {
        S3Upload begun = new S3Upload(calls, settings.partAttempts());
        upload = begun; // read by cancel()
        if (cancelled) {
            begun.cancel();
        }
        return begun;
    }

    private void ended(PartBuffer part, @Nullable Throwable thrown) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            inFlight--;
            giveBack(part);
            if (thrown != null && failure == null) {
                failure = S3Failures.unwrapped(thrown);
            }
            waiting = partEnd;
            partEnd = null;
        }
        if (thrown != null) {
            cancel(); // the other parts are of no use any more
        }
        if (waiting != null) {
            wake(waiting); // the pending stage of write() or prepare()
        }
    }

    private void wake(CompletableFuture<Void> waiting) {
        CompletableFuture<Void> failed = failedEarlier();
        if (failed == null) {
            waiting.complete(null);
        } else {
            failed.whenComplete((nothing, thrown) -> waiting.completeExceptionally(thrown));
        }
    }

    /** Called with the lock held. */
    private void giveBack(PartBuffer part) {
        if (part.reservedBytes() == 0) {
            entitlementFree = true;
        } else {
            memory.release(part.reservedBytes());
        }
    }

    /** Ends the parts in flight now, and with them whatever waits for one. */
    void cancel() {
        cancelled = true; // read by begin()
        S3Upload begun = upload;
        if (begun != null) {
            begun.cancel();
        }
    }

    /** Discards everything; completes when the service has discarded it too. */
    CompletableFuture<Void> abort() {
        cancel();
        synchronized (this) {
            if (failure == null) {
                failure = new IOException("The write of " + calls.object() + " was aborted");
            }
            if (current != null) {
                giveBack(current);
                current.recycle(); // nobody else has seen it
                current = null;
            }
        }
        S3Upload begun = upload;
        return begun == null ? CompletableFuture.completedFuture(null) : begun.abort();
    }

    /** Returns the upload, or {@code null} while the object fits one part. */
    @Nullable
    S3Upload upload() {
        return upload;
    }

    /** Takes the only part of an object that needs no upload; an object without bytes has none. */
    PartBuffer takeSinglePart() {
        PartBuffer part = current;
        current = null;
        return part == null ? new PartBuffer(memory, 0, 0, true) : part;
    }
}
