package io.parallelwrite.compare;

import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.CommitGuard;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The copying of one object from one target to another, by a normal staged write to that target alone.
 *
 * <p><b>Never older, never deleted.</b> Just before it commits, while no other commit changes the path, the guard is asked,
 * and then the source once more: unless it still holds the very object that was read, the write is aborted. So a copy cannot
 * undo a newer write or a delete of this process. What another process does between that question and the commit is not
 * seen.
 *
 * <p><b>Equal.</b> What was read is checked against what is expected, before anything becomes visible.
 *
 * @param path the path
 * @param source makes the calls to the target that is read
 * @param target the name of the target that is written
 * @param createOnly whether the copy must not replace another
 * @param expected the size and checksum the copy must have; {@code null} to go by those the source keeps, if it keeps any
 * @param attributes what to keep beside the bytes; {@code null} for what the source keeps, with a media type by the name of
 *     the path if it keeps none
 * @param guard says whether the copy may still become visible
 */
public record CopyTransfer(
        TargetPath path,
        TargetCalls source,
        String target,
        boolean createOnly,
        @Nullable ContentDigest expected,
        @Nullable ContentAttributes attributes,
        CommitGuard guard) {

    /** The object as it is when it is opened. */
    private record Source(StoredObject object, ContentAttributes attributes, CopyLane lane) {}

    /**
     * Copies. Blocks the calling thread until the target has committed or a deadline has passed.
     *
     * @param engine whose targets they are
     * @param chunk how much is read at once
     * @return what became of the write
     * @throws io.parallelwrite.outcome.ParallelWriteException if the target failed, the guard was against it, or the bytes
     *     are not what was expected; its result says whether the target is in doubt
     * @throws IOException if the source could not be read, or the thread was interrupted; the target shows no change
     */
    public WriteResult run(WriteEngine engine, DataSize chunk) throws IOException {
        Source from = engine.betweenCommits(
                path, () -> new Source(describe(), kept(), CopyLane.await(CopyLane.open(source, path))));
        try {
            CommitGuard unchanged = () -> {
                guard.check();
                if (!Objects.equals(describe(), from.object())) {
                    throw new IOException("its copy at '" + source.target().name() + "' was replaced meanwhile");
                }
            };
            Checksum checksum =
                    expected != null ? expected.checksum() : from.object().checksum();
            try (ParallelOutputStream out = engine.openRepair(target, request(from), checksum, unchanged)) {
                copy(from.lane(), out, blockBytes(from.object(), chunk));
                return out.commit();
            }
        } finally {
            from.lane().close();
        }
    }

    /**
     * Tells whether it was the written target that failed, and not the source, the guard, the bytes, or somebody who brought a
     * copy before.
     *
     * @param failure what {@link #run} threw
     * @return {@code true} if copying from another source will not help
     */
    public static boolean isDueToTarget(IOException failure) {
        return hasOutcome(
                failure,
                outcome -> outcome instanceof TargetOutcome.InDoubt
                        || (outcome instanceof TargetOutcome.Failed failed && !isThere(failed.cause())));
    }

    private static boolean isThere(Throwable cause) {
        return cause instanceof FileAlreadyExistsException || cause.getCause() instanceof FileAlreadyExistsException;
    }

    /**
     * Tells whether the written target may show the copy although the copying failed.
     *
     * @param failure what {@link #run} threw
     * @return {@code true} if it has to be looked at
     */
    public static boolean isInDoubt(IOException failure) {
        return hasOutcome(failure, TargetOutcome.InDoubt.class::isInstance);
    }

    private static boolean hasOutcome(IOException failure, Predicate<TargetOutcome> which) {
        return failure instanceof ParallelWriteException write
                && write.result().outcomes().stream().anyMatch(which);
    }

    private StoredObject describe() throws IOException {
        return CopyLookup.ask(source, path)
                .orElseThrow(
                        () -> new IOException("its copy at '" + source.target().name() + "' was deleted meanwhile"));
    }

    private ContentAttributes kept() throws IOException {
        if (attributes != null) {
            return attributes;
        }
        return Await.interruptibly(
                        source.submit(Phase.OPEN, () -> source.target().attributes(path))
                                .inTime())
                .orElse(ContentAttributes.NONE)
                .withGuessedContentType(path);
    }

    private WriteRequest request(Source from) {
        long size = expected != null ? expected.size() : from.object().size();
        return new WriteRequest(path, UUID.randomUUID().toString(), from.attributes(), createOnly, size);
    }

    /** One byte more than a small object has, so that its end is seen at once. */
    private static int blockBytes(StoredObject object, DataSize chunk) {
        return (int) (object.size() < 0 ? chunk.toBytes() : Math.min(chunk.toBytes(), object.size() + 1));
    }

    private static void copy(CopyLane lane, ParallelOutputStream out, int blockBytes) throws IOException {
        byte[] block = new byte[blockBytes];
        int length;
        do {
            length = lane.read(block);
            out.write(block, 0, length);
        } while (length == block.length);
    }
}
