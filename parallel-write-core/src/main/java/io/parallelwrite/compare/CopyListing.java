package io.parallelwrite.compare;

import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The listings of all targets, merged path by path.
 *
 * <p>An entry in which they differ may be one that is being written or deleted, so all targets are asked about it again,
 * between two commits, and that counts.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 */
final class CopyListing extends Spliterators.AbstractSpliterator<Comparison> {

    private final ReaderParts parts;
    private final ListedCopies listed;

    private CopyListing(ReaderParts parts, ListedCopies listed) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL);
        this.parts = parts;
        this.listed = listed;
    }

    /** Opens the listings of all targets. */
    static Stream<Comparison> list(ReaderParts parts, TargetPrefix prefix) throws IOException {
        ListedCopies listed = ListedCopies.open(parts.calls(), prefix, null);
        if (!listed.failures().isEmpty()) {
            listed.close();
            throw CopyAnswers.failure(
                    "Not all targets can list " + (prefix.value().isEmpty() ? "their objects" : "'" + prefix + "'"),
                    listed.failures());
        }
        CopyListing listing = new CopyListing(parts, listed);
        return StreamSupport.stream(listing, false).onClose(listing::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Comparison> action) {
        Comparison next;
        try {
            next = next();
        } catch (IOException ex) {
            close();
            throw new UncheckedIOException(ex);
        }
        if (next == null) {
            return false;
        }
        action.accept(next);
        return true;
    }

    private @Nullable Comparison next() throws IOException {
        for (ListedCopies.Entry next = listed.next(); next != null; next = listed.next()) {
            CopyAnswers answers = new CopyAnswers(next.path(), next.answers());
            Comparison entry = answers.differ() || !answers.sizesKnown() ? lookAgain(next.path()) : equal(answers);
            if (!(entry instanceof Comparison.Absent)) { // deleted since it was listed
                return entry;
            }
        }
        return null;
    }

    private static Comparison equal(CopyAnswers answers) {
        return answers.comparison(
                OptionalLong.empty(), answers.sizesKnown() ? Strength.SIZE_ONLY : Strength.NOT_COMPARABLE);
    }

    /** Asks all targets about one path, while nothing changes it. */
    private Comparison lookAgain(TargetPath path) throws IOException {
        CopyAnswers answers = CopyLookup.answers(parts, path);
        Comparison entry = equal(answers);
        if (entry instanceof Comparison.Undecided) {
            throw CopyLookup.unavailable(answers);
        }
        if (entry instanceof Comparison.Different difference) {
            parts.listeners().differed(difference);
        }
        return entry;
    }

    void close() {
        listed.close();
    }
}
