package io.parallelwrite.compare;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.stream.CommitGuard;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings a copy back to a target that holds none, by a normal staged write to that target alone.
 *
 * <p><b>Never older, never deleted.</b> The write creates and does not replace. Just before it commits, while no other commit
 * changes the path, the source is asked once more: unless it still holds the very object that was read, the write is aborted.
 * So a copy cannot undo a newer write or a delete of this process. What another process does between that question and the
 * commit is not seen.
 *
 * <p><b>Equal.</b> Size and checksum are checked against those the source keeps, if it keeps any.
 *
 * <p><b>A target that fails</b> is left alone for {@link #PAUSE}, so that reads do not fetch an object again and again that
 * cannot be stored.
 *
 * <p>Blocks while it copies. Thread-safe.
 */
final class CopyRefill {

    /** Short for an operator who has freed a full disk, long for a service that reads the same object all the time. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final ReaderParts parts;
    private final Map<String, Long> failedAtNanos = new ConcurrentHashMap<>();

    CopyRefill(ReaderParts parts) {
        this.parts = parts;
    }

    /** Copies, and tells the listeners how that ended; does nothing while the target is left alone. */
    void run(TargetPath path, TargetCalls source, TargetCalls target) {
        String name = target.target().name();
        Long failedAt = failedAtNanos.get(name);
        if (failedAt != null && parts.timer().nanoTime() - failedAt < PAUSE.toNanos()) {
            return;
        }
        IOException failure = null;
        try {
            copy(path, source, name);
            failedAtNanos.remove(name);
        } catch (IOException ex) {
            failure = ex;
            if (isDueToTarget(ex)) {
                failedAtNanos.put(name, parts.timer().nanoTime());
            }
        }
        parts.listeners()
                .refilled(new Refill(path.value(), name, source.target().name(), failure));
    }

    private static boolean isDueToTarget(IOException failure) {
        return failure instanceof ParallelWriteException write
                && write.result().outcomes().stream()
                        .anyMatch(outcome -> outcome instanceof TargetOutcome.InDoubt
                                || (outcome instanceof TargetOutcome.Failed failed && !isThere(failed.cause())));
    }

    /** Tells whether somebody else has brought the copy back before. */
    private static boolean isThere(Throwable cause) {
        return cause instanceof FileAlreadyExistsException || cause.getCause() instanceof FileAlreadyExistsException;
    }

    /** The object as it is when it is opened. */
    private record Source(StoredObject object, CopyLane lane) {}

    private void copy(TargetPath path, TargetCalls calls, String target) throws IOException {
        Source source = parts.engine().betweenCommits(path, () -> {
            StoredObject object = describe(path, calls);
            return new Source(object, CopyLane.await(CopyLane.open(calls, path)));
        });
        try {
            CommitGuard unchanged = () -> {
                if (!Objects.equals(describe(path, calls), source.object())) {
                    throw new IOException("its copy at '" + calls.target().name() + "' was replaced meanwhile");
                }
            };
            Checksum checksum = source.object().checksum();
            try (ParallelOutputStream out =
                    parts.engine().openRepair(target, request(path, source.object()), checksum, unchanged)) {
                transfer(source.lane(), out);
                out.commit();
            }
        } finally {
            source.lane().close();
        }
    }

    private static StoredObject describe(TargetPath path, TargetCalls calls) throws IOException {
        return MissingCopies.stat(calls, path)
                .orElseThrow(
                        () -> new IOException("its copy at '" + calls.target().name() + "' was deleted meanwhile"));
    }

    private static WriteRequest request(TargetPath path, StoredObject object) {
        ContentAttributes attributes = ContentAttributes.NONE.withGuessedContentType(path);
        return new WriteRequest(path, UUID.randomUUID().toString(), attributes, true, object.size());
    }

    private void transfer(CopyLane lane, ParallelOutputStream out) throws IOException {
        byte[] block = new byte[parts.maxBlockBytes()];
        int length;
        do {
            length = lane.read(block);
            out.write(block, 0, length);
        } while (length == block.length);
    }
}
