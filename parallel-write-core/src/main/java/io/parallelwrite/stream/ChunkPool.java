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
 * come first served, for the total.
 *
 * <p><b>Who is woken.</b> {@link #recycle} and {@link #discard} complete the waiting future of the same write if its own
 * limit was what it waited for or if it holds nothing any more, then those of other writes that now fit, in order.
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
    private final long maxFreeBytes;

    // mutable, guarded by this
    private long usedBytes;
    private long freeBytes;
    private final Map<Integer, ArrayDeque<byte[]>> free = new HashMap<>();
    private final ArrayDeque<Waiter> waitingForTotal = new ArrayDeque<>();

    ChunkPool(BufferSettings settings) {
        perWriteBytes = settings.perWrite().toBytes();
        totalBytes = settings.total().toBytes();
        maxFreeBytes = totalBytes / 2;
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
            return CompletableFuture.completedFuture(grant(account, size));
        }
        Waiter waiter = new Waiter(account, size, new CompletableFuture<>());
        account.waiter = waiter;
        if (fitsWrite(account, size)) {
            waitingForTotal.add(waiter);
        }
        return waiter.future();
    }

    /** Takes back the bytes of a chunk nobody reads any more. */
    void recycle(Account account, byte[] bytes) {
        synchronized (this) {
            if (freeBytes + bytes.length <= maxFreeBytes) {
                free.computeIfAbsent(bytes.length, size -> new ArrayDeque<>()).push(bytes);
                freeBytes += bytes.length;
            }
        }
        discard(account, bytes.length);
    }

    /** Ends the accounting for a chunk whose bytes must not be reused. */
    void discard(Account account, int size) {
        ArrayDeque<Runnable> wakeUps = new ArrayDeque<>();
        synchronized (this) {
            account.heldBytes -= size;
            usedBytes -= size;
            grantOwn(account, wakeUps);
            while (!waitingForTotal.isEmpty()
                    && fitsTotal(waitingForTotal.element().size())) {
                grant(waitingForTotal.element(), wakeUps);
            }
        }
        wakeUps.forEach(Runnable::run); // callers blocked in write() go on, outside the lock
    }

    private void grantOwn(Account account, ArrayDeque<Runnable> wakeUps) {
        Waiter waiter = account.waiter;
        if (waiter == null) {
            return;
        }
        if (account.heldBytes == 0) {
            grant(waiter, wakeUps);
        } else if (fitsWrite(account, waiter.size()) && !waitingForTotal.contains(waiter)) {
            waitingForTotal.add(waiter); // its own limit no longer stops it; now it queues for the total
        }
    }

    private void grant(Waiter waiter, ArrayDeque<Runnable> wakeUps) {
        waitingForTotal.remove(waiter);
        waiter.account().waiter = null;
        Chunk chunk = grant(waiter.account(), waiter.size());
        wakeUps.add(() -> waiter.future().complete(chunk));
    }

    /** Fails the write's waiting and later requests; chunks it still holds stay counted until they come back. */
    void close(Account account, IOException reason) {
        Waiter waiter;
        synchronized (this) {
            if (account.closed != null) {
                return;
            }
            account.closed = reason;
            waiter = account.waiter;
            account.waiter = null;
            if (waiter != null) {
                waitingForTotal.remove(waiter);
            }
        }
        if (waiter != null) {
            waiter.future().completeExceptionally(reason); // the caller blocked in write() gives up
        }
    }

    synchronized long usedBytes() {
        return usedBytes;
    }

    private boolean fitsWrite(Account account, int size) {
        return account.heldBytes + size <= perWriteBytes;
    }

    private boolean fitsTotal(int size) {
        return usedBytes + size <= totalBytes;
    }

    private Chunk grant(Account account, int size) {
        account.heldBytes += size;
        usedBytes += size;
        ArrayDeque<byte[]> pooled = free.get(size);
        byte[] bytes = pooled == null ? null : pooled.poll();
        if (bytes == null) {
            bytes = new byte[size];
        } else {
            freeBytes -= size;
        }
        return new Chunk(this, account, bytes);
    }
}
