package io.parallelwrite.compare;

import io.parallelwrite.stream.Await;
import io.parallelwrite.stream.TargetCalls;
import io.parallelwrite.target.ListedObject;
import io.parallelwrite.target.TargetListing;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The open listing of one target, read batch by batch on the target's workers.
 *
 * <p>While one batch is used the next is read, so memory is two of them. Not thread-safe, but for {@link #close()}.
 */
final class ListingLane {

    /** So that a hand-off between threads is rare, and a batch small. */
    private static final int BATCH_SIZE = 256;

    /** Some objects in the order of their paths; {@code last} if the target has no more. */
    private record Batch(List<ListedObject> objects, boolean last, long skippedCount) {

        static final Batch NONE = new Batch(List.of(), true, 0);
    }

    private final CallLane<TargetListing> listing;
    private CompletableFuture<Batch> next = CompletableFuture.completedFuture(Batch.NONE);
    private List<ListedObject> batch = List.of();
    private int position;
    private long skippedCount;
    private @Nullable TargetPath before;

    private ListingLane(CallLane<TargetListing> listing) {
        this.listing = listing;
    }

    /** Opens a listing; completes with the lane, whose first batch has been asked for. */
    static CompletableFuture<ListingLane> open(TargetCalls calls, TargetPrefix prefix, @Nullable TargetPath after) {
        return CallLane.open(calls, target -> target.target().list(prefix, after))
                .thenApply(ListingLane::new)
                .thenApply(ListingLane::begun);
    }

    private ListingLane begun() {
        next = listing.submit(this::readBatch);
        return this;
    }

    /** On a worker; one call at a time. */
    private Batch readBatch(TargetListing open) throws IOException {
        List<ListedObject> objects = new ArrayList<>(BATCH_SIZE);
        while (objects.size() < BATCH_SIZE) {
            ListedObject object = open.next();
            if (object == null) {
                return new Batch(objects, true, open.skippedCount());
            }
            if (before != null && object.path().compareTo(before) <= 0) {
                throw new IOException("it lists '" + object.path() + "' after '" + before
                        + "', and listings must go on in the order of paths");
            }
            before = object.path();
            objects.add(object);
        }
        return new Batch(objects, false, open.skippedCount());
    }

    String target() {
        return listing.target();
    }

    /** Returns the object at which the listing is, after waiting for it if need be, or {@code null} at the end. */
    @Nullable
    ListedObject head() throws IOException {
        while (position == batch.size()) {
            Batch fetched = fetch();
            skippedCount = Math.max(skippedCount, fetched.skippedCount());
            batch = fetched.objects();
            position = 0;
            if (!fetched.last()) {
                next = listing.submit(this::readBatch);
            } else {
                listing.close();
                next = CompletableFuture.completedFuture(Batch.NONE);
                if (batch.isEmpty()) {
                    return null;
                }
            }
        }
        return batch.get(position);
    }

    private Batch fetch() throws IOException {
        Await.interruptibly(List.of(next)); // fails if this thread was interrupted
        try {
            return Await.interruptibly(next);
        } catch (IOException ex) {
            String from = batch.isEmpty()
                    ? ""
                    : " after '" + batch.get(batch.size() - 1).path() + "'";
            throw CopyAnswers.failure(
                    "The listing could not go on" + from, List.of(new CopyAnswer.Unavailable(target(), ex)));
        }
    }

    /** Returns what the target lists under a path, and goes on if that is where the listing is. */
    CopyAnswer take(TargetPath path) throws IOException {
        ListedObject head = head();
        if (head == null || !head.path().equals(path)) {
            return new CopyAnswer.Missing(target());
        }
        position++;
        return CopyLookup.held(target(), head.stored());
    }

    /** Returns how many names the target has passed over so far, as its listing counts them. */
    long skippedCount() {
        return skippedCount;
    }

    void close() {
        listing.close();
    }
}
