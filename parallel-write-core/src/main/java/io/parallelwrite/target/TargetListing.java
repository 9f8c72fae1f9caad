package io.parallelwrite.target;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one target in the order of {@link TargetPath}, one after the other.
 *
 * <p>Every call blocks the calling thread for as long as the target takes. What is held in memory is what the target is
 * asked for at a time, such as a page of keys, or the names in one directory and in those above it, not all objects. The
 * path of the last object is the position of the listing: {@link Target#list} goes on from there, at any later time.
 *
 * <p>A listing is not a snapshot. What is there from its opening to its end is listed, once; what is written or deleted
 * meanwhile may be listed or not. Staged writes are not listed.
 *
 * <p>Names that no path can have, and what is no object, such as a symbolic link, were not written by this project, and a
 * look-up would not find them. They are passed over and {@linkplain #skippedCount() counted}.
 *
 * <p>Ends when {@link #next()} returns {@code null} or fails, or when it is closed. Not thread-safe: one thread at a time.
 */
public interface TargetListing extends Closeable {

    /**
     * Returns the next object.
     *
     * @return the object, whose path comes after all returned before, or {@code null} if there are no more
     * @throws IOException if the target could not be asked, or this listing is closed. Which objects follow is not known
     *     then, and this listing is of no more use; another one can go on after the last path
     */
    @Nullable
    ListedObject next() throws IOException;

    /**
     * Returns how many names were passed over so far because they are none of an object, among those that match the prefix
     * and come after the position the listing began at. A directory or link that is passed over counts as one, whatever it
     * holds. The hidden files of staged writes do not count.
     *
     * @return the number, complete once {@link #next()} has returned {@code null}
     */
    long skippedCount();

    /**
     * Ends the listing, at its end or before. Does nothing if it is closed.
     *
     * @throws IOException if something it held could not be released
     */
    @Override
    void close() throws IOException;
}
