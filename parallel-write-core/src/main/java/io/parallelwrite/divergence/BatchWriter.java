package io.parallelwrite.divergence;

import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of a {@link FileJournal} in batches, and leaves a segment that fails.
 *
 * <p>Not thread-safe: the thread that writes, without the lock of the journal.
 */
final class BatchWriter {

    private static final Log log = LogFactory.getLog(FileJournal.class);

    private final JournalLog segments;
    private final Supplier<Kept> kept;

    /**
     * What the journal keeps.
     *
     * @param lastGeneration the greatest generation given so far
     * @param entries the entries
     */
    record Kept(long lastGeneration, List<JournalEntry> entries) {}

    /**
     * Why a batch failed.
     *
     * @param reason the reason and the remedy
     * @param cause what was thrown, or {@code null} if nobody saw it
     * @param notApplied whether its records are certain not to be found
     */
    record Failure(String reason, @Nullable Throwable cause, boolean notApplied) {

        /** The failure of a batch until it is known not to be one. */
        static final Failure UNSEEN = new Failure("its end was not seen", null, false);

        /** Returns an exception of its own for each of those who wait. */
        IOException toException(String journal) {
            return notApplied
                    ? new NotAppliedException(journal + " failed: " + reason + ". The entry is not kept", cause)
                    : new IOException(
                            journal + " failed: " + reason + ". The entry may be found when it is opened next", cause);
        }
    }

    /**
     * Creates a writer.
     *
     * @param segments where it writes
     * @param kept asked when a segment begins
     */
    BatchWriter(JournalLog segments, Supplier<Kept> kept) {
        this.segments = segments;
        this.kept = kept;
    }

    /** Begins the first segment. */
    void begin() throws IOException {
        begin(Stream.of());
    }

    /** Tells whether the segment has room; if not, the next begins with the batch. */
    boolean hasRoom(List<LogRecord> batch, long keptBytes) {
        return segments.hasRoom(batch.stream().mapToLong(LogRecord::byteCount).sum(), keptBytes);
    }

    /**
     * Writes a batch.
     *
     * @param batch the records
     * @param durable whether to force them; if not, a failure is logged
     * @param hasRoom what {@link #hasRoom} said
     * @return why that failed, or {@code null}
     */
    @Nullable
    Failure write(List<LogRecord> batch, boolean durable, boolean hasRoom) {
        try {
            if (hasRoom) {
                segments.append(batch.stream(), durable);
            } else {
                begin(batch.stream());
            }
            return null;
        } catch (IOException | RuntimeException | Error e) {
            if (durable) {
                return failure(e, e instanceof NotAppliedException || isLeft(e));
            }
            log.warn("What was removed from the journal may be found again when it is opened next: " + reason(e), e);
            return null;
        }
    }

    /** Begins a segment without the batch, so that nothing of it is found; tells whether that is certain. */
    private boolean isLeft(Throwable why) {
        try {
            begin(Stream.of());
            return true;
        } catch (IOException | RuntimeException | Error e) {
            why.addSuppressed(e);
            return false;
        }
    }

    private void begin(Stream<LogRecord> further) throws IOException {
        Kept now = kept.get();
        segments.begin(
                now.lastGeneration(), Stream.concat(now.entries().stream().map(LogRecord::put), further));
    }

    private static Failure failure(Throwable why, boolean notApplied) {
        return new Failure(reason(why), why, notApplied);
    }

    private static String reason(Throwable why) {
        return why.getMessage() == null ? why.toString() : why.getMessage();
    }

    /** Notes that the journal was closed. */
    void close() throws IOException {
        segments.close();
    }
}
