package io.parallelwrite.compare;

import io.parallelwrite.outcome.Phase;
import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What all targets say about one path, without reading it. */
final class CopyLookup {

    private CopyLookup() {}

    /** Asks all targets at once; to be called between two commits. */
    static List<Reply<Optional<StoredObject>>> ask(ReaderParts parts, TargetPath path) throws IOException {
        return ask(parts.calls(), path);
    }

    /** Asks some targets at once for what they hold. */
    static List<Reply<Optional<StoredObject>>> ask(List<TargetCalls> targets, TargetPath path) throws IOException {
        return Reply.ask(targets, calls -> asked(calls, path), late -> {});
    }

    /** Asks one target, and waits for it. */
    static Optional<StoredObject> ask(TargetCalls target, TargetPath path) throws IOException {
        return Await.interruptibly(asked(target, path));
    }

    private static CompletableFuture<Optional<StoredObject>> asked(TargetCalls calls, TargetPath path) {
        return calls.submit(Phase.OPEN, () -> calls.target().stat(path)).inTime();
    }

    /** Asks all targets between two commits. */
    static CopyAnswers answers(ReaderParts parts, TargetPath path) throws IOException {
        List<Reply<Optional<StoredObject>>> replies = parts.engine().betweenCommits(path, () -> ask(parts, path));
        return new CopyAnswers(path, replies.stream().map(CopyLookup::answer).toList());
    }

    private static CopyAnswer answer(Reply<Optional<StoredObject>> reply) {
        if (reply.failure() != null) {
            return new CopyAnswer.Unavailable(reply.target(), reply.failure());
        }
        return Objects.requireNonNull(reply.value())
                .<CopyAnswer>map(object -> held(reply.target(), object))
                .orElseGet(() -> new CopyAnswer.Missing(reply.target()));
    }

    /** Returns the answer of a target that was not read. */
    static CopyAnswer held(String target, StoredObject object) {
        return new CopyAnswer.Held(target, object, object.checksum());
    }

    /** See {@link ParallelResourceReader#stat}. */
    static Optional<StoredObject> stat(ReaderParts parts, TargetPath path) throws IOException {
        CopyAnswers answers = answers(parts, path);
        if (answers.differ()) {
            Comparison.Different difference = answers.difference(OptionalLong.empty());
            parts.listeners().differed(difference);
            throw new CopiesDifferException(difference);
        }
        if (!answers.unavailable().isEmpty()) {
            throw unavailable(answers);
        }
        return answers.nobodyHolds() ? Optional.empty() : Optional.of(merged(answers.held()));
    }

    /** Returns the failure of a look-up that cannot do without the targets that were not available. */
    static IOException unavailable(CopyAnswers answers) {
        return CopyAnswers.failure(
                "Not all targets could be asked about '" + answers.path() + "'", answers.unavailable());
    }

    private static StoredObject merged(List<CopyAnswer.Held> copies) {
        List<StoredObject> objects =
                copies.stream().map(CopyAnswer.Held::object).toList();
        long size = objects.stream().mapToLong(StoredObject::size).max().orElse(-1);
        Instant first = objects.stream()
                .map(StoredObject::lastModified)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Checksum checksum = objects.stream()
                .map(StoredObject::checksum)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(kept -> kept.algorithm() != ChecksumAlgorithm.CRC32C))
                .orElse(null);
        return new StoredObject(size, first, checksum, null);
    }
}
