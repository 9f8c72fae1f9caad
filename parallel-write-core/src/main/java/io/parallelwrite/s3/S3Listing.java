package io.parallelwrite.s3;

import io.parallelwrite.target.ListedObject;
import io.parallelwrite.target.TargetListing;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.TargetPrefix;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of an {@link S3Target}, page by page.
 *
 * <p>A page is asked for when the one before it is used up, and replaces it. S3 sends keys in the order of their bytes; a
 * store that does not, as some others than S3 and the directory buckets of S3, is found out and the listing fails, for
 * whoever merges listings relies on the order.
 *
 * <p>Not thread-safe.
 */
final class S3Listing implements TargetListing {

    private static final String OPERATION = "ListObjectsV2";

    private final S3Calls calls;
    private final String keyPrefix;
    private final @Nullable TargetPath after;

    private Iterator<S3Object> page = Collections.emptyIterator();
    private @Nullable String token;
    private boolean begun;
    private boolean closed;
    private @Nullable TargetPath last;
    private long skippedCount;

    S3Listing(S3Calls calls, TargetPrefix prefix, @Nullable TargetPath after) {
        this.calls = calls;
        this.keyPrefix = calls.location().prefix() + prefix.value();
        this.after = after;
        this.last = after;
    }

    @Override
    public @Nullable ListedObject next() throws IOException {
        if (closed) {
            throw new IOException("The listing is closed; open another");
        }
        while (page.hasNext() || turnPage()) {
            ListedObject object = page.hasNext() ? object(page.next()) : null;
            if (object != null) {
                return object;
            }
        }
        return null;
    }

    /** Returns the object that has a key, or {@code null} if no path leads to it. */
    private @Nullable ListedObject object(S3Object listed) throws IOException {
        if (!listed.key().startsWith(keyPrefix)) {
            return null; // a store over a file system may take '..' at the end of a prefix for the directory above
        }
        Optional<TargetPath> path = calls.location().path(listed.key());
        if (path.isEmpty()) {
            skippedCount += calls.location().isProbe(listed.key()) ? 0 : 1;
            return null;
        }
        checkOrder(path.get());
        return new ListedObject(path.get(), S3Receipts.storedObject(listed));
    }

    /** Asks for the next page, which may be empty though more follow; tells whether there was one. */
    private boolean turnPage() throws IOException {
        if (begun && token == null) {
            return false;
        }
        ListObjectsV2Response answer = answer();
        if (answer.isTruncated() == null) { // an empty body would end the listing early
            throw new IOException(OPERATION + " of " + calls.location().object(keyPrefix)
                    + " was answered with a success that does not say whether there are more keys; look for a proxy that"
                    + " answers in the place of the store");
        }
        begun = true;
        page = answer.contents().iterator();
        token = answer.isTruncated() ? nextToken(answer) : null;
        return true;
    }

    private ListObjectsV2Response answer() throws IOException {
        String startAfter = after == null ? null : calls.location().prefix() + after.value();
        try {
            return S3Objects.await(calls.list(keyPrefix, startAfter, token));
        } catch (ExecutionException e) {
            throw S3Failures.failure(OPERATION, calls.location().object(keyPrefix), S3Failures.unwrapped(e));
        }
    }

    /** Returns where to go on; an answer that does not say so would end the listing early. */
    private String nextToken(ListObjectsV2Response answer) throws IOException {
        String next = answer.nextContinuationToken();
        if (next == null || next.equals(token)) {
            throw new IOException(OPERATION + " of " + calls.location().object(keyPrefix)
                    + " was answered that there are more keys, but not how to go on; use a store that follows S3");
        }
        return next;
    }

    private void checkOrder(TargetPath path) throws IOException {
        if (last != null && path.compareTo(last) <= 0) {
            throw new IOException(
                    OPERATION + " of " + calls.location().object(keyPrefix) + " has '" + path + "' after '"
                            + last
                            + "', which is not the order of their bytes in UTF-8; use a bucket and a store that list keys"
                            + " in that order");
        }
        last = path;
    }

    @Override
    public long skippedCount() {
        return skippedCount;
    }

    @Override
    public void close() {
        closed = true;
        page = Collections.emptyIterator();
    }
}
