package io.parallelwrite.stream;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The stream into which a caller writes one object for all targets.
 *
 * <p><b>Ending it.</b> {@link #commit()} makes the object visible on all targets; {@link #abort()} and {@link #close()}
 * without a commit discard everything. After a failure nothing can be committed any more.
 *
 * <p><b>Blocking.</b> Writing copies the bytes and returns; it blocks while the slowest target is a whole buffer behind.
 * Small writes coalesce; {@link #flush()} does nothing, because nothing is visible before the commit. Interrupting a
 * thread that blocks here ends the write.
 *
 * <p><b>Failure.</b> As soon as too many targets have failed, the next write that needs memory aborts the rest and throws
 * a {@link ParallelWriteException}; so do all calls after it. When too many have overrun their {@linkplain Deadlines#total()
 * total}, the write ends as soon as a worker is free for that, or its caller calls again: a stream that was forgotten holds
 * nothing any more.
 *
 * <p>Not thread-safe, but for {@link #abort()} and {@link #close()}, which any thread may call to end a write that
 * another is blocked in.
 */
public final class ParallelOutputStream extends OutputStream {

    private static final Log log = LogFactory.getLog(WriteEngine.class);

    // immutable
    private final OpenWrite write;
    private final StreamEnd end;
    private final Consumer<ParallelOutputStream> whenEnded;

    // used by the caller's thread alone
    private final RunningDigest digest;
    private final ChunkSizes sizes;
    private @Nullable Throwable brokenBy;

    // written under this; the caller's thread reads it without, for a chunk another thread took away is not reused
    private @Nullable Chunk current;

    // written under this, once
    private volatile boolean ended;

    // mutable, guarded by this
    private List<CompletableFuture<?>> pendingAborts = List.of();

    ParallelOutputStream(
            OpenWrite write, RunningDigest digest, ChunkSizes sizes, Consumer<ParallelOutputStream> whenEnded) {
        this.write = write;
        this.end = new StreamEnd(write.path());
        this.digest = digest;
        this.sizes = sizes;
        this.whenEnded = whenEnded;
    }

    TargetPath path() {
        return write.path();
    }

    /**
     * Opens every target; aborts and throws if too many fail.
     *
     * @param refusal why nothing is to be opened after all, or {@code null}
     */
    void open(WriteRequest request, @Nullable IOException refusal) throws IOException {
        IOException reason = refusal;
        try {
            if (reason == null) {
                write.open(request, this::endOverdue);
            }
        } catch (IOException ex) {
            reason = ex;
        } catch (RuntimeException | Error ex) {
            abort(ex);
            throw ex;
        }
        if (reason != null || write.isDoomed()) {
            throw giveUp(reason);
        }
        if (ended) { // by another thread
            throw end.exception();
        }
    }

    @Override
    public void write(int b) throws IOException {
        Chunk chunk = room(1);
        chunk.array()[chunk.length()] = (byte) b;
        filled(chunk, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int written = 0;
        while (written < length) {
            Chunk chunk = room(length - written);
            int taken = Math.min(length - written, chunk.remaining());
            System.arraycopy(bytes, offset + written, chunk.array(), chunk.length(), taken);
            filled(chunk, taken);
            written += taken;
        }
        if (length == 0) {
            checkOpen();
        }
    }

    /**
     * Writes what a stream holds, to its end, reading straight into the memory the targets are fed from.
     *
     * @param in read to its end; not closed
     * @return the number of bytes read
     * @throws IOException if the stream cannot be read, in which case the write stays open and is to be closed, or if
     *     too many targets have failed
     */
    public long transferFrom(InputStream in) throws IOException {
        long transferred = 0;
        while (true) {
            Chunk chunk = room(1);
            int read = readInto(chunk, in);
            if (read < 0) {
                return transferred;
            }
            filled(chunk, read);
            transferred += read;
        }
    }

    private int readInto(Chunk chunk, InputStream in) throws IOException {
        try {
            return chunk.read(in);
        } catch (IOException | RuntimeException | Error ex) {
            brokenBy = ex; // what came so far must never be committed
            throw ex;
        }
    }

    /** Does nothing but check that the stream is open: bytes reach the targets as chunks fill, and are visible on commit. */
    @Override
    public void flush() throws IOException {
        checkOpen();
    }

    private Chunk room(int wanted) throws IOException {
        checkOpen();
        Chunk chunk = current;
        if (chunk != null) {
            return chunk;
        }
        Chunk taken;
        try {
            taken = write.takeChunk(sizes.atLeast(wanted));
        } catch (IOException ex) {
            throw giveUp(ex instanceof InterruptedIOException ? ex : null);
        } catch (RuntimeException | Error ex) {
            brokenBy = ex; // such as no memory: what was to be written is missing, so it must never be committed
            throw ex;
        }
        synchronized (this) {
            if (!ended) {
                current = taken;
                return taken;
            }
        }
        taken.forget();
        throw end.exception();
    }

    private void filled(Chunk chunk, int byteCount) throws IOException {
        chunk.advance(byteCount);
        try {
            digest.checkNotTooLong(digest.size() + chunk.length());
        } catch (ContentMismatchException ex) {
            throw giveUp(ex);
        }
        if (chunk.remaining() == 0) {
            dispatch();
            sizes.grow();
        }
    }

    private void dispatch() {
        Chunk full;
        synchronized (this) {
            full = current;
            current = null;
        }
        if (full != null && full.length() == 0) {
            full.release();
        } else if (full != null) {
            digest.update(full.array(), 0, full.length());
            write.offer(full);
        }
    }

    /**
     * Makes the object visible on all targets, or on none.
     *
     * <p>Blocks until every target has prepared and committed, or its deadlines have passed.
     *
     * @return one receipt per target
     * @throws ParallelWriteException if the acknowledgement rule was not met, the content is not what was declared, or a
     *     write to this stream failed before
     * @throws IOException if the stream has been ended already
     */
    public WriteResult commit() throws IOException {
        checkOpen();
        dispatch();
        try {
            if (brokenBy != null) {
                throw new IOException("not all of its bytes could be read and taken", brokenBy);
            }
            digest.checkComplete();
        } catch (IOException ex) {
            throw giveUp(ex);
        }
        if (!claimEnd()) {
            throw end.exception();
        }
        WriteResult committed;
        try {
            committed = write.commit(digest.value());
        } catch (IOException ex) {
            throw ParallelWriteException.of(ended(write.abort(digest.size()), ex), ex);
        } catch (RuntimeException | Error ex) {
            ended(write.collapse(digest.size(), ex), ex);
            throw ex;
        }
        return success(ended(committed, null));
    }

    private static WriteResult success(WriteResult result) throws ParallelWriteException {
        if (!result.isSuccess()) {
            throw ParallelWriteException.of(result, null);
        }
        return result;
    }

    /**
     * Discards everything; nothing new becomes visible. Does nothing if the write has ended.
     *
     * <p>Blocks until every target has discarded what was staged, at most until their abort deadlines. Any thread.
     *
     * @throws ParallelWriteException if a target that cannot stage may show some of the bytes
     */
    public void abort() throws IOException {
        abort(null);
    }

    private void abort(@Nullable Throwable why) throws ParallelWriteException {
        if (beginAbort()) {
            finishAbort(why);
        }
    }

    /** Starts to abort; returns whether {@link #finishAbort} is to follow, because the write had not ended. */
    boolean beginAbort() {
        if (!claimEnd()) {
            return false;
        }
        pendingAborts = write.beginAbort();
        return true;
    }

    void finishAbort(@Nullable Throwable why) throws ParallelWriteException {
        Await.uninterruptibly(pendingAborts);
        WriteResult aborted = ended(write.finish(digest.size(), null), why);
        if (aborted.outcomes().stream().anyMatch(TargetOutcome.InDoubt.class::isInstance)) {
            throw ParallelWriteException.of(aborted, why);
        }
    }

    /** Ends a write that has run out of time, whether or not its caller ever calls again. On the alarm's thread. */
    private void endOverdue() {
        synchronized (this) {
            if (!claimEnd()) {
                return; // its caller ends it
            }
            end.beginOverdue(this::finishOverdue);
        }
        CompletableFuture.allOf(write.beginAbort().toArray(CompletableFuture<?>[]::new))
                .whenComplete((gone, ex) -> {
                    end.discarded();
                    write.runOnWorker(end::finishOverdue);
                });
    }

    private void finishOverdue() {
        WriteResult aborted = ended(write.finish(digest.size(), null), null);
        log.warn("A write took longer than all of it may, and was ended: "
                + ParallelWriteException.of(aborted, null).getMessage());
    }

    /** Discards everything if the write was not committed; see {@link #abort()}. */
    @Override
    public void close() throws IOException {
        abort();
    }

    /** Aborts after a failure on the caller's thread, and returns what to throw. */
    private IOException giveUp(@Nullable IOException why) {
        if (!claimEnd()) {
            return end.exception();
        }
        return ParallelWriteException.of(ended(write.abort(digest.size()), why), why);
    }

    /** Exactly one call ends the write; a chunk that is being filled is not reused. */
    private synchronized boolean claimEnd() {
        if (ended) {
            return false;
        }
        ended = true;
        if (current != null) {
            current.forget();
            current = null;
        }
        return true;
    }

    private WriteResult ended(WriteResult outcome, @Nullable Throwable why) {
        end.is(outcome, why);
        whenEnded.accept(this);
        return outcome;
    }

    private void checkOpen() throws IOException {
        if (ended) {
            throw end.exception();
        }
    }
}
