package io.parallelwrite.target;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A named place that keeps a copy of every object.
 *
 * <p>Implement this and {@link TargetFactory} to add a kind of target; run the target contract (the class
 * {@code TargetContract} in the test jar of this module) against it.
 *
 * <p>Thread-safe: many writes are open at once, and calls for them come from any worker.
 */
public interface Target extends Closeable {

    /**
     * Returns the name under which this target is configured.
     *
     * @return the name, as in {@code parallel-write.targets.<name>}
     */
    String name();

    /**
     * Returns the kind of the location, used as a metric tag.
     *
     * @return the scheme without a colon, as in {@code file} or {@code s3}
     */
    String scheme();

    /**
     * Returns the place in a form that can be compared: two targets with the same place would write over each other, and
     * one whose place begins with another's is nested in it.
     *
     * @return an absolute location that ends in {@code /} and holds no credentials, as in {@code file:///var/data/} or
     *     {@code s3://bucket/prefix/}
     */
    String place();

    /**
     * Tells whether written bytes stay invisible until the commit.
     *
     * @return {@code false} if a write changes what is visible before it commits, so that a failed abort leaves the
     *     target in doubt
     */
    boolean staged();

    /**
     * Gets the place ready, once, before the first write. Blocks; called on the thread that builds the writer.
     *
     * @throws IOException if the place cannot be written; the message names it and says what to do. A remote target does
     *     not connect here: an application starts while its store is away
     */
    default void initialize() throws IOException {}

    /**
     * Opens a write. May block, or complete later, under the rules of {@link TargetWrite}.
     *
     * @param request the path and what goes with it
     * @return completes with the write; nothing visible has changed
     * @throws java.nio.file.FileAlreadyExistsException if {@link WriteRequest#createOnly()} and the target can tell
     *     already now that something exists under the path
     * @throws IOException if the write cannot be opened; everything it began has been undone
     */
    CompletionStage<? extends TargetWrite> open(WriteRequest request) throws IOException;

    /**
     * Deletes an object. Deleting what does not exist succeeds. May block, or complete later.
     *
     * @param path the path of the object
     * @return completes when the object is no longer visible
     * @throws NotAppliedException if the object is still there, for certain
     * @throws IOException if that is not certain
     */
    CompletionStage<?> delete(TargetPath path) throws IOException;

    /**
     * Describes an object. Blocks the calling thread.
     *
     * @param path the path of the object
     * @return what the target holds, or empty if there is no object under the path
     * @throws IOException if the target could not be asked
     */
    Optional<StoredObject> stat(TargetPath path) throws IOException;

    /**
     * Returns what is kept beside the bytes of an object, so that a copy of it can keep it, too. Blocks the calling thread.
     *
     * @param path the path of the object
     * @return what was given when it was written, without what this project added on its own; empty if there is no object, or
     *     this target keeps nothing beside the bytes, as by default
     * @throws IOException if the target could not be asked
     */
    default Optional<ContentAttributes> attributes(TargetPath path) throws IOException {
        return Optional.empty();
    }

    /**
     * Opens an object for reading. Blocks the calling thread.
     *
     * @param path the path of the object
     * @return the bytes of the object as it was when opened; the caller closes it
     * @throws FileNotFoundException if there is no object under the path
     * @throws IOException if the target could not be read
     */
    InputStream read(TargetPath path) throws IOException;

    /**
     * Lists the objects whose paths begin with a prefix, in the order of {@link TargetPath}: ascending by their bytes in
     * UTF-8, the same for every kind, so that the listings of several targets can be merged as they come. Blocks the
     * calling thread, here and in the listing, under the rules of {@link TargetListing}.
     *
     * <p>A kind that cannot list leaves this method as it is.
     *
     * @param prefix what the paths begin with
     * @param after the path after which to begin, itself left out, whether or not there is such an object; or {@code null}
     *     to begin at the first
     * @return the listing, which the caller closes
     * @throws ListingUnsupportedException if this target cannot list, ever
     * @throws IOException if the target could not be asked; that may also be noticed only by the listing
     */
    default TargetListing list(TargetPrefix prefix, @Nullable TargetPath after) throws IOException {
        throw new ListingUnsupportedException(
                name(),
                "its kind '" + scheme() + "' has no way to; use a target of another kind for what needs a listing");
    }

    /**
     * Takes where to note what this target stages, once, after {@link #initialize()} and before the first write. A kind that
     * leaves nothing behind when its process is killed, or is never asked to clean up, leaves this method as it is.
     *
     * @param notes takes a note of everything that is staged, and what becomes of it
     */
    default void keepNotes(StagingNotes notes) {}

    /**
     * Discards something that was noted by an owner of this place that has died, or as left behind. Blocks the calling thread.
     * To discard again what is gone does nothing. Called only for what was noted, so a kind that notes nothing leaves this
     * method as it is.
     *
     * @param path the path of the write it was staged for; an object under it is not touched
     * @param what what was noted
     * @throws IOException if it may still be there; to try again is harmless
     */
    default void discardStaged(TargetPath path, String what) throws IOException {}

    /**
     * Looks for what may have come of an intent that was noted by an owner of this place that has died, or as left behind.
     * Blocks the calling thread. Called only for what was noted, so a kind that notes no intents leaves this method as it is.
     *
     * <p>It is called again after a while, and what was returned both times is discarded; so it returns what shows no sign of
     * life, and nothing that is staged for an open write of this process.
     *
     * @param path the path of the write
     * @param what the name of the intent
     * @return for each, what {@link #discardStaged} needs to find it, beside the path
     * @throws IOException if the target could not be asked
     */
    default Set<String> findIntended(TargetPath path, String what) throws IOException {
        return Set.of();
    }

    /**
     * Looks through the whole place for what is staged, is old, and belongs to no write that is open in this process, and
     * discards it. Blocks the calling thread for as long as that takes; holds only a part of what it finds in memory. Does
     * nothing by default.
     *
     * @param sweep says how old, and takes what was found
     * @throws IOException if the place could not be looked through to the end
     */
    default void sweepStaged(StagedSweep sweep) throws IOException {}

    /**
     * Releases what this target holds beyond single writes. Writes in progress have ended. Does nothing by default.
     *
     * @throws IOException if something could not be released
     */
    @Override
    default void close() throws IOException {}
}
