package io.parallelwrite.compare;

import io.parallelwrite.stream.WriteEngine;
import io.parallelwrite.target.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Reads objects from the targets they were written to: from the first that can give one, or from all of them, compared.
 *
 * <p>All methods block the calling thread; calls to targets run on workers, each within its target's deadlines: {@code
 * open} for looking up and opening, {@code stall} for the next bytes. Targets are asked in the order of reads; where one copy is enough, those that are {@linkplain
 * io.parallelwrite.outcome.TargetState#OUT out} come last. A path that
 * cannot be used is refused with an {@link io.parallelwrite.target.InvalidTargetPathException} before anything is opened.
 *
 * <p>Where targets that should agree do not, the method fails with a {@link CopiesDifferException} that names each one's
 * answer, or returns a {@link Comparison.Different}; it never takes the word of one for the word of all. Only {@link
 * ReadMode#FAIL_OVER} reads from a single copy, and says which.
 *
 * <p>To find all targets in the same state, they are asked while no write or delete of this process commits the path. A
 * method that asks all waits for that, at most as long as the next write of the path would, and then fails.
 *
 * <p>Thread-safe.
 */
public interface ParallelResourceReader {

    /**
     * Creates a reader of the targets an engine writes to.
     *
     * @param engine makes the calls to the targets, and writes what is brought back; of a path its decision log remembers,
     *     nothing is
     * @param settings how copies are read
     * @param background runs what looks after missing copies, on a thread that is not one of the engine's workers
     * @param listeners hear of reads, in this order
     * @return a reader, of use until the engine is closed
     */
    static ParallelResourceReader of(
            WriteEngine engine, ReadSettings settings, Executor background, List<? extends ReadListener> listeners) {
        ReaderParts parts =
                new ReaderParts(engine, engine.calls(), settings, new ReadListeners(List.copyOf(listeners)));
        return new DefaultParallelResourceReader(parts, new MissingCopies(parts, background));
    }

    /**
     * Opens an object for reading from the first target that can give it.
     *
     * <p>A target that fails, holds no copy, or does not answer within its deadline is passed over. If one fails in the
     * middle, the next takes over, once its copy has been shown to begin with the bytes handed out so far: same number, same
     * CRC-32C and CRC-32.
     *
     * @param path the relative path, the same on every target
     * @return the bytes; close it
     * @throws java.io.FileNotFoundException if every target was asked and holds no copy
     * @throws IOException if no target can give it; the causes of all are in it
     */
    default CopyInputStream open(String path) throws IOException {
        return open(path, ReadMode.FAIL_OVER);
    }

    /**
     * Opens an object for reading from one copy or from all.
     *
     * <p>With {@link ReadMode#COMPARE} every target must give its copy, and they are read in step: memory is bounded, and a
     * byte is handed out once all copies agree on it. Reading fails at the first byte that differs, or where the first copy
     * ends early, with a {@link CopiesDifferException} that says who gave what and, with three or more, who is in the
     * minority. The end of the stream means that all copies ended there.
     *
     * @param path the relative path, the same on every target
     * @param mode from how many copies
     * @return the bytes; close it
     * @throws java.io.FileNotFoundException if every target was asked and holds no copy
     * @throws CopiesDifferException if the copies are to be compared, and only some targets hold one
     * @throws IOException if no target can give it; for {@link ReadMode#COMPARE}, if one of them cannot
     */
    CopyInputStream open(String path, ReadMode mode) throws IOException;

    /**
     * Describes an object as the first target that holds it does.
     *
     * <p>As {@link #open(String)}, this takes one target's word. To ask all, use {@link #stat}.
     *
     * @param path the relative path, the same on every target
     * @return which target holds it, and what it says; empty if every target was asked and holds no copy
     * @throws IOException if a target could not be asked, and none of the others holds it
     */
    Optional<CopyAnswer.Held> find(String path) throws IOException;

    /**
     * Compares the copies of an object by the cheapest evidence that suffices.
     *
     * <p>First sizes; then checksums of the whole object that the targets keep, computing those of the targets that keep
     * none; where no target keeps one, all bytes in step. If copies of the same size differ, they are read once more to find
     * the first byte that does.
     *
     * <p>Of copies that differ, also in size or because a target lacks one, the CRC-32C is computed where none is kept, so that
     * {@link Comparison#targetsHolding} can say which copy is the one that was written. That reads those copies to their end.
     *
     * <p>All targets are asked, and the copies that must be read opened, while no write of this process commits the path;
     * a write that commits later does not disturb the comparison.
     *
     * @param path the relative path, the same on every target
     * @return what the copies are to each other; a target that cannot be asked is in it, not thrown
     * @throws IOException if the thread was interrupted, or writes of the path did not end in time
     */
    Comparison compare(String path) throws IOException;

    /**
     * Asks every target for its copy, with the CRC-32C of each if the depth tells it, so that they can be held against what is known otherwise.
     * They are not compared with each other, and no listener hears of it.
     *
     * @param path the relative path, the same on every target
     * @param depth whether the checksum a target keeps is taken for that of its copy
     * @return one answer for each target, in the order of reads, as they were at one moment between two commits; what is
     *     held has a checksum, unless the depth is {@link ReadDepth#STAT}. That is a CRC-32C, unless a copy that was read contradicts the checksum its target keeps in
     *     another algorithm: then it is what the bytes have in that
     * @throws IOException if the thread was interrupted, or commits of the path did not end in time
     */
    List<CopyAnswer> inspect(String path, ReadDepth depth) throws IOException;

    /**
     * Tells whether all targets hold an object.
     *
     * @param path the relative path, the same on every target
     * @return {@code true} if all do, {@code false} if none does
     * @throws CopiesDifferException if some do and some do not
     * @throws IOException if a target could not be asked
     */
    default boolean exists(String path) throws IOException {
        return stat(path).isPresent();
    }

    /**
     * Describes an object all targets hold, without reading it.
     *
     * @param path the relative path, the same on every target
     * @return its size; when the first copy became visible; its checksum if a target keeps one, and no version, for that is
     *     each target's own; empty if no target holds it
     * @throws CopiesDifferException if only some targets hold it, or their sizes or the checksums they keep differ
     * @throws IOException if a target could not be asked
     */
    Optional<StoredObject> stat(String path) throws IOException;

    /**
     * Lists the objects of all targets, merged in the order of their paths, comparing what the listings tell.
     *
     * <p>Read lazily, batch by batch: memory does not depend on the number of objects. Entries are {@link Comparison.Equal}
     * with {@link io.parallelwrite.target.Strength#SIZE_ONLY} ({@code NOT_COMPARABLE} if a target tells no sizes) or {@link
     * Comparison.Different}. Where listings differ, all targets are {@linkplain #stat asked} about the path, and that counts, so
     * that a write or delete in progress is not taken for a difference.
     *
     * @param prefix empty for all, or what the paths begin with, as in {@code reports/2026-}
     * @return the entries; close the stream. Consuming it fails with an {@link java.io.UncheckedIOException} that names the
     *     target if one fails in the middle
     * @throws IOException if a target cannot be listed, naming it; a {@link
     *     io.parallelwrite.target.ListingUnsupportedException} among the causes says that it never can
     */
    Stream<Comparison> list(String prefix) throws IOException;
}
