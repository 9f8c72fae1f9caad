package io.parallelwrite.compare;

import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the first copy that can be read; the next copy takes over where one fails.
 *
 * <p>A block is read on a worker of its target while the caller waits, and then handed out; its memory is not used again
 * after a call that overran its deadline. When a copy fails, everything read before has been handed out, so another can take
 * over if it begins with just those bytes.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 */
final class FailOverInputStream extends CopyInputStream {

    private static final byte[] EMPTY = new byte[0];
    private static final StoredObject UNDESCRIBED = new StoredObject(-1, null, null, null);

    // immutable
    private final ReaderParts parts;
    private final TargetPath path;
    private final MissingCopies missingCopies;
    private final Iterator<TargetCalls> candidates;
    private final long startNanos;

    // used by the reading thread alone
    private final BytesSoFar bytesSoFar = new BytesSoFar();
    private byte[] block = EMPTY;
    private int nextBlockBytes;
    private boolean atEnd;

    // written by the reading thread; close() may come from any
    private volatile @Nullable CopyLane lane;
    private volatile @Nullable String server;
    private volatile @Nullable IOException failure;
    private final List<PassedOver> passedOver = new CopyOnWriteArrayList<>();

    /** Fails when this read is closed, and with it who waits for a copy to open. */
    private final CompletableFuture<CopyLane> closing = new CompletableFuture<>();

    private FailOverInputStream(ReaderParts parts, TargetPath path, MissingCopies missingCopies) {
        this.parts = parts;
        this.path = path;
        this.missingCopies = missingCopies;
        this.candidates = parts.candidates().iterator();
        this.nextBlockBytes = parts.firstBlockBytes();
        this.startNanos = parts.timer().nanoTime();
    }

    static FailOverInputStream open(ReaderParts parts, TargetPath path, MissingCopies missingCopies)
            throws IOException {
        FailOverInputStream opened = new FailOverInputStream(parts, path, missingCopies);
        try {
            opened.openNext();
            return opened;
        } catch (IOException ex) {
            opened.failure = ex;
            opened.close();
            throw ex;
        }
    }

    /** Opens the next copy that goes on where the last one stopped. */
    private void openNext() throws IOException {
        while (candidates.hasNext()) {
            TargetCalls candidate = candidates.next();
            CopyLane opened = null;
            try {
                opened = CopyLane.await(CopyLane.open(candidate, path), closing);
                lane = opened; // from here on closing this read closes it
                checkOpen();
                if (!bytesSoFar.begin(opened, parts.maxBlockBytes())) {
                    throw otherBytes(opened.target());
                }
                serveFrom(opened.target());
                return;
            } catch (IOException ex) {
                if (opened != null) {
                    opened.close();
                }
                passOver(candidate.target().name(), ex);
            }
        }
        throw noCopyLeft();
    }

    private void serveFrom(String target) {
        server = target;
        if (!passedOver.isEmpty()) {
            parts.listeners().fellBack(new ReadFallback(path.value(), target, passedOver));
            missingCopies.look(
                    path,
                    target,
                    passedOver.stream()
                            .filter(PassedOver::missing)
                            .map(PassedOver::target)
                            .toList());
        }
    }

    /** The reading thread's own interrupt, or closing, ends the read; anything else only this copy. */
    private void passOver(String target, IOException cause) throws IOException {
        checkOpen();
        if (cause instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            throw cause;
        }
        passedOver.add(new PassedOver(target, bytesSoFar.count(), cause));
    }

    private CopiesDifferException otherBytes(String target) {
        List<CopyAnswer> answers = new ArrayList<>();
        passedOver.stream()
                .filter(left -> left.offset() > 0)
                .forEach(left -> answers.add(new CopyAnswer.Unavailable(left.target(), left.cause())));
        answers.add(new CopyAnswer.Held(target, UNDESCRIBED, null));
        Comparison.Different difference = new Comparison.Different(
                path.value(),
                answers,
                OptionalLong.empty(),
                List.of(),
                "'" + target + "' does not begin with the " + bytesSoFar.count() + " bytes that were read from '"
                        + servedBy() + "'");
        parts.listeners().differed(difference);
        return new CopiesDifferException(difference);
    }

    private IOException noCopyLeft() {
        if (passedOver.stream().allMatch(PassedOver::missing)) {
            return new FileNotFoundException("No target holds '" + path + "'");
        }
        StringBuilder message = new StringBuilder("No target can give '" + path + "'");
        message.append(bytesSoFar.count() == 0 ? ":" : " from byte " + bytesSoFar.count() + " on:");
        passedOver.forEach(left -> message.append(" '")
                .append(left.target())
                .append("' ")
                .append(
                        left.missing()
                                ? "holds no copy"
                                : "failed: " + left.cause().getMessage())
                .append(';'));
        message.setCharAt(message.length() - 1, '.');
        IOException none = new IOException(message.toString(), passedOver.get(0).cause());
        passedOver.stream().skip(1).forEach(left -> none.addSuppressed(left.cause()));
        return none;
    }

    @Override
    boolean advance() throws IOException {
        if (atEnd) {
            return false;
        }
        checkUsable();
        while (true) {
            CopyLane current = lane;
            if (current == null) {
                throw closedException();
            }
            try {
                return readBlock(current);
            } catch (IOException ex) {
                block = EMPTY; // the call may still be writing to it
                current.close();
                takeOver(current, ex);
            }
        }
    }

    @Override
    void checkOpen() throws IOException {
        if (closing.isDone()) {
            throw closedException();
        }
    }

    private void checkUsable() throws IOException {
        checkOpen();
        IOException before = failure;
        if (before != null) {
            throw before;
        }
    }

    private IOException closedException() {
        return new IOException("The read of '" + path + "' was closed; open another");
    }

    private boolean readBlock(CopyLane current) throws IOException {
        if (block.length != nextBlockBytes) {
            block = new byte[nextBlockBytes];
        }
        int length = current.read(block);
        bytesSoFar.add(block, length);
        atEnd = length < block.length;
        nextBlockBytes = Math.min(2 * nextBlockBytes, parts.maxBlockBytes());
        provide(block, length);
        return length > 0;
    }

    private void takeOver(CopyLane failed, IOException cause) throws IOException {
        try {
            passOver(failed.target(), cause);
            openNext();
        } catch (IOException ex) {
            failure = ex;
            throw ex;
        }
    }

    @Override
    public String path() {
        return path.value();
    }

    @Override
    public String servedBy() {
        String name = server;
        return name == null ? "none" : name;
    }

    @Override
    public List<PassedOver> passedOver() {
        return List.copyOf(passedOver);
    }

    @Override
    public void close() {
        IOException failed = failure; // before closing makes a read fail that is blocked
        if (!closing.completeExceptionally(closedException())) {
            return;
        }
        CopyLane current = lane;
        if (current != null) {
            current.close();
        }
        parts.listeners()
                .finished(new ReadResult(
                        path.value(),
                        ReadMode.FAIL_OVER,
                        server,
                        passedOver,
                        bytesSoFar.count() - available(),
                        Duration.ofNanos(parts.timer().nanoTime() - startNanos),
                        failed));
    }
}
