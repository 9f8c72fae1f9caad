package io.parallelwrite.compare;

import io.parallelwrite.target.ListedObject;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final List<ListingLane> lanes;

    private CopyListing(ReaderParts parts, List<ListingLane> lanes) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL);
        this.parts = parts;
        this.lanes = List.copyOf(lanes);
    }

    /** Opens the listings of all targets. */
    static Stream<Comparison> list(ReaderParts parts, TargetPrefix prefix) throws IOException {
        List<Reply<ListingLane>> replies =
                Reply.ask(parts.calls(), calls -> ListingLane.open(calls, prefix), ListingLane::close);
        List<ListingLane> lanes =
                replies.stream().map(Reply::value).filter(Objects::nonNull).toList();
        if (lanes.size() < replies.size()) {
            lanes.forEach(ListingLane::close);
            throw cannotList(prefix, replies);
        }
        CopyListing listing = new CopyListing(parts, lanes);
        return StreamSupport.stream(listing, false).onClose(listing::close);
    }

    private static IOException cannotList(TargetPrefix prefix, List<Reply<ListingLane>> replies) {
        List<CopyAnswer.Unavailable> failed = new ArrayList<>();
        for (Reply<ListingLane> reply : replies) {
            if (reply.failure() != null) {
                failed.add(new CopyAnswer.Unavailable(reply.target(), reply.failure()));
            }
        }
        return CopyAnswers.failure(
                "Not all targets can list " + (prefix.value().isEmpty() ? "their objects" : "'" + prefix + "'"),
                failed);
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
        for (TargetPath path = firstPath(); path != null; path = firstPath()) {
            List<CopyAnswer> answers = new ArrayList<>(lanes.size());
            for (ListingLane lane : lanes) {
                answers.add(lane.take(path));
            }
            CopyAnswers listed = new CopyAnswers(path, answers);
            Comparison entry = listed.differ() || !listed.sizesKnown() ? lookAgain(path) : equal(listed);
            if (!(entry instanceof Comparison.Absent)) { // deleted since it was listed
                return entry;
            }
        }
        return null;
    }

    private @Nullable TargetPath firstPath() throws IOException {
        TargetPath first = null;
        for (ListingLane lane : lanes) {
            ListedObject head = lane.head();
            if (head != null && (first == null || head.path().compareTo(first) < 0)) {
                first = head.path();
            }
        }
        return first;
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
        lanes.forEach(ListingLane::close);
    }
}
