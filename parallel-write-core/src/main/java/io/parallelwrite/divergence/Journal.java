package io.parallelwrite.divergence;

import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The durable list of paths that are, or may be, diverged.
 *
 * <p>Who writes puts the {@linkplain JournalEntry#decision decision record} before the first commit, and after the last
 * removes it, or puts it again with the states as they are known. Who recovers or repairs goes through {@link #entries()}.
 *
 * <p><b>Order.</b> Every entry gets a {@linkplain JournalEntry#generation() generation}: of two entries of one path the one
 * with the greater was decided later, and says what the path should hold. The earlier is superseded, and to be removed when
 * the later is settled: the earlier first, so that no crash leaves it behind as the only one.
 *
 * <p><b>Size.</b> A journal is bounded. When it is full, new entries are refused; those it has can still be put again and
 * removed.
 *
 * <p><b>Threads.</b> Any thread may call anything at any time, except that two puts of the same id come one after the other.
 * {@link #put} blocks until the entry is durable; it does not react to an interrupt, which stays set, and ends when the
 * storage answers. {@link #remove} may block, but does not wait for durability. The questions answer from memory.
 *
 * <p><b>Owner.</b> One application at a time uses a journal.
 *
 * <p>Thread-safe.
 */
public interface Journal extends Closeable {

    /**
     * Keeps an entry durably, in place of an earlier one with the same id.
     *
     * @param entry the entry; its generation is ignored
     * @return the entry as it is kept: with its generation, the one of the earlier entry if there is one
     * @throws JournalFullException if the id is new and the journal is full
     * @throws NotAppliedException if it could not be kept and certainly is not; an earlier entry with the same id still is
     * @throws IOException if it could not be kept, and may still be found when the journal is opened again. It names the
     *     journal, the reason and the remedy
     * @throws IllegalArgumentException if an entry with this id is kept for another path or operation
     */
    JournalEntry put(JournalEntry entry) throws IOException;

    /**
     * Forgets an entry. From then on no question finds it. It need not be durable at once: after a crash the entry may be
     * found again, and to recover it once more is harmless.
     *
     * @param id the token of the write or delete; one that is not kept is ignored
     * @throws IOException if it could not be forgotten, or the journal is closed; the remedy is to do it again
     */
    void remove(String id) throws IOException;

    /**
     * Returns all entries, in the order of their generations, as they are at this moment.
     *
     * @return an unmodifiable copy
     */
    List<JournalEntry> entries();

    /**
     * Returns all entries of one path, in the order of their generations: the last says what the path should hold.
     *
     * @param path the path
     * @return an unmodifiable copy
     */
    List<JournalEntry> entries(TargetPath path);

    /**
     * Returns the newest entry of a path: the one that says what the path should hold.
     *
     * @param path the path
     * @return empty if none is kept
     */
    default Optional<JournalEntry> entry(TargetPath path) {
        List<JournalEntry> all = entries(path);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * Returns the entries that a later decision about the same path has superseded.
     *
     * @param later a kept entry
     * @return those of its path with a smaller generation, in order
     */
    default List<JournalEntry> supersededBy(JournalEntry later) {
        return entries(later.path()).stream()
                .filter(earlier -> earlier.generation() < later.generation())
                .toList();
    }

    /**
     * Returns how many entries are kept.
     *
     * @return the number
     */
    int size();

    /**
     * Returns how many entries can be kept.
     *
     * @return the number
     */
    int capacity();

    /**
     * Returns the notes of what targets stage, which are kept where this journal is. By default there are none, and what a
     * process that is killed leaves staged is found by its age alone.
     *
     * @return the same each time; empty if this journal keeps none, or is closed
     */
    default Optional<StagingLog> stagingLog() {
        return Optional.empty();
    }

    /**
     * Gives the journal up to the next owner. Waits for the puts that have begun; what is called later fails. The second
     * call does nothing.
     *
     * @throws IOException if the storage failed; the journal is closed all the same, and every put that returned is kept
     */
    @Override
    void close() throws IOException;
}
