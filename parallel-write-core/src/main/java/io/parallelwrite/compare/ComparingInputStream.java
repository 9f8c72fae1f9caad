package io.parallelwrite.compare;

import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The bytes on which all copies of an object agree, read from all of them in step.
 *
 * <p>The next block of every copy is read on workers of its target, side by side, while the caller waits; what they have in
 * common is handed out from the first. Reading fails where copies differ, or one cannot be read on, and goes on failing so.
 * From there on, and from the end on, no copy is open any more.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 */
final class ComparingInputStream extends CopyInputStream {

    // immutable
    private final ReaderParts parts;
    private final TargetPath path;
    private final String servedBy;
    private final CopiesInStep copies;
    private final long startNanos;

    // used by the reading thread; read by the one that closes
    private volatile @Nullable IOException failure;
    private volatile long fetchedCount;

    private final AtomicBoolean closed = new AtomicBoolean();

    private ComparingInputStream(ReaderParts parts, TargetPath path, List<CopyLane> lanes, long startNanos) {
        this.parts = parts;
        this.path = path;
        this.servedBy = lanes.get(0).target();
        this.copies = new CopiesInStep(
                lanes.stream().map(lane -> new CopyBlock(lane, Set.of())).toList(), parts);
        this.startNanos = startNanos;
    }

    /** Opens all copies between two commits, so that they show the same generation. */
    static ComparingInputStream open(ReaderParts parts, TargetPath path) throws IOException {
        long startNanos = parts.timer().nanoTime();
        try {
            return new ComparingInputStream(parts, path, openAll(parts, path), startNanos);
        } catch (IOException ex) {
            if (ex instanceof CopiesDifferException differ) {
                parts.listeners().differed(differ.difference());
            }
            parts.listeners().finished(ended(parts, path, startNanos, new End(null, 0, ex)));
            throw ex;
        }
    }

    private static List<CopyLane> openAll(ReaderParts parts, TargetPath path) throws IOException {
        List<Reply<CopyLane>> replies = parts.engine()
                .betweenCommits(
                        path, () -> Reply.ask(parts.calls(), calls -> CopyLane.open(calls, path), CopyLane::close));
        List<CopyLane> lanes =
                replies.stream().map(Reply::value).filter(Objects::nonNull).toList();
        if (lanes.size() == replies.size()) {
            return lanes;
        }
        lanes.forEach(CopyLane::close);
        throw cannotOpen(new CopyAnswers(
                path, replies.stream().map(ComparingInputStream::answer).toList()));
    }

    private static CopyAnswer answer(Reply<CopyLane> reply) {
        return reply.failure() == null
                ? new CopyAnswer.Held(reply.target(), new StoredObject(-1, null, null, null), null)
                : CopyAnswers.failed(reply.target(), reply.failure());
    }

    private static IOException cannotOpen(CopyAnswers answers) {
        if (answers.nobodyHolds()) {
            return new FileNotFoundException("No target holds '" + answers.path() + "'");
        }
        if (answers.differ()) {
            CopiesDifferException differ = new CopiesDifferException(answers.difference(OptionalLong.empty()));
            answers.unavailable().forEach(one -> differ.addSuppressed(one.cause()));
            return differ;
        }
        return CopyAnswers.failure("Copies of '" + answers.path() + "' could not be opened", answers.unavailable());
    }

    @Override
    boolean advance() throws IOException {
        IOException before = failure;
        if (before != null) {
            throw before;
        }
        try {
            return fetchAgreed();
        } catch (IOException ex) {
            fail(ex);
            checkOpen(); // closing made the copies fail
            throw ex;
        } catch (RuntimeException | Error ex) {
            fail(new IOException("Reading '" + path + "' in step had failed before", ex));
            throw ex;
        }
    }

    private boolean fetchAgreed() throws IOException {
        if (copies.ended()) {
            return false;
        }
        copies.advance();
        List<CopyAnswer.Unavailable> failures = copies.failures();
        if (!failures.isEmpty()) {
            throw CopyAnswers.failure(
                    "Copies of '" + path + "' could not be read on from byte " + fetchedCount, failures);
        }
        if (copies.firstDifference().isPresent()) {
            differ();
        }
        fetchedCount = copies.agreedCount();
        provide(copies.bytes(), copies.agreed());
        return copies.agreed() > 0 || advance(); // a difference at the first byte fails there
    }

    /** Lets the bytes before the difference be read, and what comes after them fail. */
    private void differ() {
        Comparison.Different difference = copies.difference(path.value());
        fail(new CopiesDifferException(difference));
        parts.listeners().differed(difference);
    }

    private void fail(IOException reason) {
        failure = reason;
        copies.close();
    }

    @Override
    void checkOpen() throws IOException {
        if (closed.get()) {
            throw new IOException("The read of '" + path + "' was closed; open another");
        }
    }

    @Override
    public String path() {
        return path.value();
    }

    @Override
    public String servedBy() {
        return servedBy;
    }

    /** Returns nothing: a read that compares does without no target. */
    @Override
    public List<PassedOver> passedOver() {
        return List.of();
    }

    /** Closes all copies; one whose call hangs, when that returns. */
    @Override
    public void close() {
        IOException failed = failure; // before closing makes a read fail that is blocked
        if (closed.compareAndSet(false, true)) {
            copies.close(); // a thread that waits for them goes on
            End end = new End(servedBy, fetchedCount - available(), failed);
            parts.listeners().finished(ended(parts, path, startNanos, end));
        }
    }

    /** How a read ended. */
    private record End(
            @Nullable String servedBy,
            long byteCount,
            @Nullable IOException failure) {}

    private static ReadResult ended(ReaderParts parts, TargetPath path, long startNanos, End end) {
        Duration duration = Duration.ofNanos(parts.timer().nanoTime() - startNanos);
        return new ReadResult(
                path.value(), ReadMode.COMPARE, end.servedBy(), List.of(), end.byteCount(), duration, end.failure());
    }
}
