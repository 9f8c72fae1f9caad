package io.parallelwrite.compare;

import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.ListedObject;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The listings of several targets, merged path by path, as the targets give them: what is written or deleted meanwhile may be
 * in one and not in another.
 *
 * <p>Listings are read batch by batch on workers of their targets while the calling thread uses what was read before; memory
 * does not depend on the number of objects. Ends when {@link #next()} returns {@code null} or throws, or when it is closed.
 *
 * <p>Not thread-safe, but for {@link #close()}.
 */
public final class ListedCopies implements Closeable {

    /**
     * One path that at least one target lists.
     *
     * @param path the path, which comes after all before
     * @param answers what each target lists under it, in the order of the targets: {@link CopyAnswer.Held}, with as much as a
     *     listing tells, or {@link CopyAnswer.Missing}
     */
    public record Entry(TargetPath path, List<CopyAnswer> answers) {

        /** Copies the list. */
        public Entry {
            answers = List.copyOf(answers);
        }
    }

    private final List<ListingLane> lanes;
    private final List<CopyAnswer.Unavailable> failures;

    private ListedCopies(List<ListingLane> lanes, List<CopyAnswer.Unavailable> failures) {
        this.lanes = List.copyOf(lanes);
        this.failures = new ArrayList<>(failures);
    }

    /**
     * Opens the listings of all targets, and waits for that.
     *
     * @param targets whose objects are listed
     * @param prefix what the paths begin with
     * @param after the path after which to begin, or {@code null} to begin at the first
     * @return the merged listing; {@link #failures()} says whether it can be used
     * @throws IOException if the thread was interrupted
     */
    public static ListedCopies open(List<TargetCalls> targets, TargetPrefix prefix, @Nullable TargetPath after)
            throws IOException {
        List<Reply<ListingLane>> replies =
                Reply.ask(targets, calls -> ListingLane.open(calls, prefix, after), ListingLane::close);
        List<ListingLane> lanes = new ArrayList<>();
        List<CopyAnswer.Unavailable> failures = new ArrayList<>();
        for (Reply<ListingLane> reply : replies) {
            if (reply.value() != null) {
                lanes.add(reply.value());
            }
            if (reply.failure() != null) {
                failures.add(new CopyAnswer.Unavailable(reply.target(), reply.failure()));
            }
        }
        return new ListedCopies(lanes, failures);
    }

    /**
     * Returns the next path, after waiting for the targets if need be.
     *
     * @return the path and what is listed under it, or {@code null} at the end
     * @throws IOException if a target could not go on or could not be listed at all: it is among the {@link #failures()}, and
     *     nobody can tell what is missing from there on; or if the thread was interrupted
     */
    public @Nullable Entry next() throws IOException {
        if (!failures.isEmpty()) {
            throw CopyAnswers.failure("Not all targets can be listed", failures);
        }
        TargetPath path = firstPath();
        if (path == null) {
            return null;
        }
        List<CopyAnswer> answers = new ArrayList<>(lanes.size());
        for (ListingLane lane : lanes) {
            answers.add(lane.take(path));
        }
        return new Entry(path, answers);
    }

    private @Nullable TargetPath firstPath() throws IOException {
        TargetPath first = null;
        for (ListingLane lane : lanes) {
            ListedObject head = head(lane);
            if (head != null && (first == null || head.path().compareTo(first) < 0)) {
                first = head.path();
            }
        }
        return first;
    }

    private @Nullable ListedObject head(ListingLane lane) throws IOException {
        try {
            return lane.head();
        } catch (IOException ex) {
            if (!Thread.currentThread().isInterrupted()) {
                failures.add(new CopyAnswer.Unavailable(lane.target(), ex));
            }
            throw ex;
        }
    }

    /**
     * Returns the targets that could not be listed, or not to the end.
     *
     * @return empty as long as all are well
     */
    public List<CopyAnswer.Unavailable> failures() {
        return List.copyOf(failures);
    }

    /**
     * Returns how many names each target has passed over so far, because no path can have them.
     *
     * @return the numbers by target, complete at the end; see {@link io.parallelwrite.target.TargetListing#skippedCount()}
     */
    public Map<String, Long> skippedCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        lanes.forEach(lane -> counts.put(lane.target(), lane.skippedCount()));
        return counts;
    }

    /** Closes all listings; one whose call hangs, when that returns. Idempotent; any thread. */
    @Override
    public void close() {
        lanes.forEach(ListingLane::close);
    }
}
