package io.parallelwrite;

import io.parallelwrite.compare.ParallelResourceReader;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriterStatus;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.Scrubber;
import io.parallelwrite.repair.Sweeper;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.Target;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.WritableResource;

/**
 * Writes objects once, to every target or to none.
 *
 * <p>All methods run on the calling thread and block it: while content is streamed, as long as the slowest target's
 * buffer is full; at the end, until every target has committed or its deadline has passed. Interrupting the thread while
 * content is streamed aborts the write; from the moment the commit is decided the interrupt is kept for later.
 *
 * <p>Every method that writes fails with a {@link io.parallelwrite.outcome.ParallelWriteException}, which carries the
 * {@link WriteResult}, when the targets its rule requires do not all hold the object, and with an
 * {@link io.parallelwrite.target.InvalidTargetPathException} when the path cannot be used.
 *
 * <p>Thread-safe. Two threads that write one path leave equal copies on all targets: their commits do not interleave.
 */
public interface ParallelResourceWriter extends Closeable {

    /**
     * Returns a builder, for use without Spring Boot.
     *
     * @return a builder without targets
     */
    static ParallelResourceWriterBuilder builder() {
        return new ParallelResourceWriterBuilder();
    }

    /**
     * Writes bytes.
     *
     * @param path the relative path, the same on every target
     * @param content all bytes of the object
     * @return one receipt per target
     * @throws IOException if the object is not on every target the rule requires
     */
    default WriteResult write(String path, byte[] content) throws IOException {
        return write(path, content, WriteOptions.none());
    }

    /**
     * Writes bytes, with options.
     *
     * @param path the relative path, the same on every target
     * @param content all bytes of the object
     * @param options what goes with the bytes
     * @return one receipt per target
     * @throws IOException if the object is not on every target the rule requires
     */
    WriteResult write(String path, byte[] content, WriteOptions options) throws IOException;

    /**
     * Writes what a stream holds, to its end.
     *
     * @param path the relative path, the same on every target
     * @param content read to its end; not closed. An exception from it aborts the write
     * @return one receipt per target
     * @throws IOException if the content cannot be read, or the object is not on every target the rule requires
     */
    default WriteResult write(String path, InputStream content) throws IOException {
        return write(path, content, WriteOptions.none());
    }

    /**
     * Writes what a stream holds, to its end, with options.
     *
     * @param path the relative path, the same on every target
     * @param content read to its end; not closed. An exception from it aborts the write
     * @param options what goes with the bytes
     * @return one receipt per target
     * @throws IOException if the content cannot be read, or the object is not on every target the rule requires
     */
    WriteResult write(String path, InputStream content, WriteOptions options) throws IOException;

    /**
     * Writes what a resource holds.
     *
     * @param path the relative path, the same on every target
     * @param content opened, read to its end and closed
     * @return one receipt per target
     * @throws IOException if the content cannot be read, or the object is not on every target the rule requires
     */
    default WriteResult write(String path, Resource content) throws IOException {
        return write(path, content, WriteOptions.none());
    }

    /**
     * Writes what a resource holds, with options.
     *
     * @param path the relative path, the same on every target
     * @param content opened, read to its end and closed
     * @param options what goes with the bytes
     * @return one receipt per target
     * @throws IOException if the content cannot be read, or the object is not on every target the rule requires
     */
    WriteResult write(String path, Resource content, WriteOptions options) throws IOException;

    /**
     * Writes what a body produces: commits when it returns, aborts when it throws.
     *
     * @param path the relative path, the same on every target
     * @param body called once, on the calling thread
     * @return one receipt per target
     * @throws IOException if the body threw it, or the object is not on every target the rule requires
     */
    default WriteResult write(String path, WriteBody body) throws IOException {
        return write(path, body, WriteOptions.none());
    }

    /**
     * Writes what a body produces, with options: commits when it returns, aborts when it throws.
     *
     * @param path the relative path, the same on every target
     * @param body called once, on the calling thread
     * @param options what goes with the bytes
     * @return one receipt per target
     * @throws IOException if the body threw it, or the object is not on every target the rule requires
     */
    WriteResult write(String path, WriteBody body, WriteOptions options) throws IOException;

    /**
     * Opens a stream that commits only on {@link ParallelOutputStream#commit()}; closing it without discards everything.
     *
     * @param path the relative path, the same on every target
     * @return the open stream; close it in any case
     * @throws IOException if not enough targets could be opened
     */
    default ParallelOutputStream open(String path) throws IOException {
        return open(path, WriteOptions.none());
    }

    /**
     * Opens a stream, with options; see {@link #open(String)}.
     *
     * @param path the relative path, the same on every target
     * @param options what goes with the bytes
     * @return the open stream; close it in any case
     * @throws IOException if not enough targets could be opened
     */
    ParallelOutputStream open(String path, WriteOptions options) throws IOException;

    /**
     * Returns a view of one path for code that takes Spring resources.
     *
     * <p>Its output stream commits when it is closed, because that is the contract of {@link WritableResource}; it aborts
     * instead if a write to it failed. Code that can fail between writes should use {@link #write(String, WriteBody)}.
     * Reading goes to the targets in their order: the first that holds the object serves it.
     *
     * @param path the relative path, the same on every target
     * @return a resource; nothing is opened yet
     */
    WritableResource resource(String path);

    /**
     * Returns the reader of the same targets.
     *
     * @return of use until this writer is closed
     */
    ParallelResourceReader reader();

    /**
     * Returns what repairs the paths this writer's journal remembers. Give it to a {@link
     * io.parallelwrite.repair.BackgroundRepairer} to have that done without asking.
     *
     * @return of use until this writer is closed; empty if it was built without a journal
     */
    Optional<Repairer> repairer();

    /**
     * Returns what verifies and repairs paths also where no journal remembers them, one or all of them.
     *
     * @return of use until this writer is closed
     */
    Scrubber scrubber();

    /**
     * Returns what discards what killed processes and failed aborts left staged. Give it to a {@link
     * io.parallelwrite.repair.BackgroundSweeper} to have that done without asking.
     *
     * @return of use until this writer is closed; empty if this kind of writer has none
     */
    default Optional<Sweeper> sweeper() {
        return Optional.empty();
    }

    /**
     * Deletes an object on every target. Deleting what does not exist succeeds.
     *
     * @param path the relative path, the same on every target
     * @return one outcome per target
     * @throws IOException if the object may still be visible on a target the rule requires
     */
    WriteResult delete(String path) throws IOException;

    /**
     * Returns the targets, in the order reads go by.
     *
     * @return at least one target
     */
    List<Target> targets();

    /**
     * Returns how the targets are: whether each takes writes, since when, why not, and how much waits to be repaired there.
     * Answers from memory.
     *
     * @return the status; by default, of a writer that does not keep account of its targets
     */
    default WriterStatus status() {
        return new WriterStatus(true, List.of());
    }

    /**
     * Ends the writer: no new writes; open ones have the shutdown time of the settings to end, then they are aborted.
     * Closes the targets, and the executor if it is the writer's own. Idempotent.
     *
     * @throws IOException if a target could not release what it holds
     */
    @Override
    void close() throws IOException;
}
