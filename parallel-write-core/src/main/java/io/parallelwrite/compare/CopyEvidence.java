package io.parallelwrite.compare;

import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about the copy of one target: what it says, and what was read of it. Not thread-safe. */
final class CopyEvidence {

    private final TargetCalls calls;
    private @Nullable StoredObject object;
    private @Nullable IOException failure;
    private @Nullable CopyBlock read;

    /** Asks all targets at once; to be called between two commits. */
    static List<CopyEvidence> ask(ReaderParts parts, TargetPath path) throws IOException {
        return CopyLookup.ask(parts, path).stream().map(CopyEvidence::new).toList();
    }

    /** Opens copies to be read and checked by an algorithm; between the same two commits. */
    static void open(TargetPath path, List<CopyEvidence> unread, ChecksumAlgorithm wanted) throws IOException {
        List<TargetCalls> targets = unread.stream().map(CopyEvidence::calls).toList();
        List<Reply<CopyLane>> replies = Reply.ask(targets, calls -> CopyLane.open(calls, path), CopyLane::close);
        try {
            for (int i = 0; i < replies.size(); i++) {
                unread.get(i).opened(replies.get(i), wanted);
            }
        } catch (RuntimeException ex) { // this Java runtime lacks an algorithm
            replies.stream().map(Reply::value).filter(Objects::nonNull).forEach(CopyLane::close);
            throw ex;
        }
    }

    private CopyEvidence(Reply<Optional<StoredObject>> reply) {
        this.calls = reply.calls();
        this.failure = reply.failure();
        this.object = reply.value() == null ? null : reply.value().orElse(null);
    }

    private TargetCalls calls() {
        return calls;
    }

    boolean held() {
        return object != null && failure == null;
    }

    boolean missing() {
        return object == null && failure == null;
    }

    /** Returns the algorithm of the checksum the target keeps. */
    @Nullable
    ChecksumAlgorithm keptAlgorithm() {
        return object == null || object.checksum() == null
                ? null
                : object.checksum().algorithm();
    }

    /** Returns what the target says the size is, or -1. */
    long size() {
        return object == null ? -1 : object.size();
    }

    /** Takes what became of opening the copy to read it. */
    private void opened(Reply<CopyLane> reply, ChecksumAlgorithm wanted) {
        if (reply.failure() instanceof FileNotFoundException) {
            object = null; // it has gone since
        } else if (reply.failure() != null) {
            failure = reply.failure();
        } else {
            Set<ChecksumAlgorithm> algorithms = EnumSet.of(wanted);
            if (keptAlgorithm() != null) {
                algorithms.add(keptAlgorithm());
            }
            read = new CopyBlock(Objects.requireNonNull(reply.value()), algorithms);
        }
    }

    /** Returns what is being read of the copy, or {@code null} if nothing is. */
    @Nullable
    CopyBlock read() {
        return read;
    }

    CopyAnswer answer(ChecksumAlgorithm wanted) {
        String target = calls.target().name();
        IOException reason = read != null && read.failure() != null ? read.failure() : failure;
        if (reason != null) {
            return new CopyAnswer.Unavailable(target, reason);
        }
        if (object == null) {
            return new CopyAnswer.Missing(target);
        }
        return read == null ? CopyLookup.held(target, object) : read(target, object, read, wanted);
    }

    /** Whoever keeps another checksum than that of its bytes is shown with both; else the one that is wanted counts. */
    private static CopyAnswer read(String target, StoredObject said, CopyBlock read, ChecksumAlgorithm wanted) {
        Map<ChecksumAlgorithm, Checksum> computed = read.checksums();
        Checksum kept = said.checksum();
        Checksum again = kept == null ? null : computed.get(kept.algorithm());
        boolean contradicts = again != null && !again.equals(kept);
        StoredObject object = new StoredObject(read.byteCount(), said.lastModified(), kept, said.version());
        return new CopyAnswer.Held(target, object, contradicts ? again : computed.get(wanted));
    }
}
