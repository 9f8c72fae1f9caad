package io.parallelwrite.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all open writes: hands out chunks within a byte budget and takes them back.
 *
 * <p><b>Who may have a chunk.</b> A write that holds none gets one at once, whatever the budget says: this entitlement is
 * why writes cannot wait for each other's chunks in a circle. A write that holds some gets more while it stays within
 * its own limit and all writes stay within the total. Otherwise it waits: for its own chunks to come back, or, first
 * come first served, for the total. Bytes a target was abandoned with count for the total alone.
 *
 * <p><b>Who is woken.</b> Whenever bytes come back, the waiting future of the same write completes if it may have a chunk
 * now, then those of other writes that now fit the total, in order.
 *
 * <p><b>What is kept.</b> Blocks that come back are kept for reuse as long as used and kept ones stay within the total.
 *
 * <p>Thread-safe. Never blocks: waiting is done on the future.
 */
final class ChunkPool {

    /** What one open write holds. Guarded by the pool. */
    static final class Account {
        private long heldBytes;
        private @Nullable Waiter waiter;
        private @Nullable IOException closed;
    }

    private record Waiter(Account account, int size, CompletableFuture<Chunk> future) {}

    // immutable
    private final long perWriteBytes;
    private final long totalBytes;

    // mutable, guarded by this
    private long usedBytes;
    private long keptBytes;
    private final Map<Integer, ArrayDeque<byte[]>> kept = new HashMap<>();
    private final ArrayDeque<Waiter> waitingForTotal = new ArrayDeque<>();

    ChunkPool(BufferSettings settings) {
        perWriteBytes = settings.perWrite().toBytes();
        totalBytes = settings.total().toBytes();
    }

    /**
     * Takes a chunk, or a place in the queue for one.
     *
     * @return already complete if there was room; fails with what {@link #close} was given
     */
    synchronized CompletableFuture<Chunk> take(Account account, int size) {
        if (account.closed != null) {
            return CompletableFuture.failedFuture(account.closed);
        }
        if (account.heldBytes == 0 || (fitsWrite(account, size) && waitingForTotal.isEmpty() && fitsTotal(size))) {
            return CompletableFuture.completedFuture(newChunk(account, size));
        }
        Waiter waiter = new Waiter(account, size, new CompletableFuture<>());
        account.waiter = waiter;
        if (fitsWrite(account, size)) {
            waitingForTotal.add(waiter);
        }
        return waiter.future();
    }

    /** Takes back a chunk nobody reads any more. */
    void recycle(Chunk chunk) {
        synchronized (this) {
            int size = chunk.array().length;
            if (usedBytes + keptBytes <= totalBytes) { // the block moves from used to kept
                kept.computeIfAbsent(size, any -> new ArrayDeque<>()).push(chunk.array());
                keptBytes += size;
            }
        }
        forget(chunk);
    }

    /** Ends the accounting for a chunk, without reusing its bytes. */
    void forget(Chunk chunk) {
        ArrayDeque<Runnable> wakeUps = new ArrayDeque<>();
        synchronized (this) {
            usedBytes -= chunk.array().length;
            takeOffAccount(chunk);
            grantWhatFits(chunk.account(), wakeUps);
        }
        wakeUps.forEach(Runnable::run); // callers blocked in write() go on, outside the lock
    }

    /** Counts a chunk for the total alone. */
    void abandon(Chunk chunk) {
        ArrayDeque<Runnable> wakeUps = new ArrayDeque<>();
        synchronized (this) {
            takeOffAccount(chunk);
            grantWhatFits(chunk.account(), wakeUps);
        }
        wakeUps.forEach(Runnable::run);
    }

    /** Once, whichever comes first: the chunk comes back, or a target is abandoned with it. */
    private void takeOffAccount(Chunk chunk) {
        if (chunk.leaveAccount()) {
            chunk.account().heldBytes -= chunk.array().length;
        }
    }

    /** Fails the write's waiting and later requests; chunks it still holds stay counted until they come back. */
    void close(Account account, IOException reason) {
        ArrayDeque<Runnable> wakeUps = new ArrayDeque<>();
        synchronized (this) {
            if (account.closed != null) {
                return;
            }
            account.closed = reason;
            Waiter waiter = account.waiter;
            account.waiter = null;
            if (waiter != null) {
                waitingForTotal.remove(waiter);
                wakeUps.add(() -> waiter.future().completeExceptionally(reason)); // the blocked caller gives up
            }
            grantWhatFits(account, wakeUps); // it may have stood before others that fit
        }
        wakeUps.forEach(Runnable::run);
    }

    synchronized long usedBytes() {
        return usedBytes;
    }

    private void grantWhatFits(Account account, ArrayDeque<Runnable> wakeUps) {
        Waiter own = account.waiter;
        if (own != null && account.heldBytes == 0) {
            grant(own, wakeUps);
        } else if (own != null && fitsWrite(account, own.size()) && !waitingForTotal.contains(own)) {
            waitingForTotal.add(own); // its own limit no longer stops it; now it queues for the total
        }
        while (!waitingForTotal.isEmpty() && fitsTotal(waitingForTotal.element().size())) {
            grant(waitingForTotal.element(), wakeUps);
        }
    }

    private void grant(Waiter waiter, ArrayDeque<Runnable> wakeUps) {
        waitingForTotal.remove(waiter);
        waiter.account().waiter = null;
        try {
            Chunk chunk = newChunk(waiter.account(), waiter.size());
            wakeUps.add(() -> waiter.future().complete(chunk));
        } catch (OutOfMemoryError ex) {
            wakeUps.add(() -> waiter.future().completeExceptionally(ex));
        }
    }

    private boolean fitsWrite(Account account, int size) {
        return account.heldBytes + size <= perWriteBytes;
    }

    private boolean fitsTotal(int size) {
        return usedBytes + size <= totalBytes;
    }

    private Chunk newChunk(Account account, int size) {
        ArrayDeque<byte[]> ofThisSize = kept.get(size);
        byte[] bytes = ofThisSize == null ? null : ofThisSize.poll();
        if (bytes != null) {
            keptBytes -= size;
        } else {
            if (usedBytes + keptBytes + size > totalBytes) {
                kept.clear(); // blocks of other sizes make room
                keptBytes = 0;
            }
            bytes = new byte[size]; // before the accounting: it may throw
        }
        account.heldBytes += size;
        usedBytes += size;
        return new Chunk(this, account, bytes);
    }
}
