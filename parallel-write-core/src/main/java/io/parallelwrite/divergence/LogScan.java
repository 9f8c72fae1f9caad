package io.parallelwrite.divergence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is found in the bytes of one segment: the records, and what is damaged between them.
 *
 * <p>Where no record begins, the next one is searched. If there is one, what was skipped is <em>damaged</em>, also if it is
 * zero: something was there. If there is none, the log ends here. The bytes up to its last one that is not zero are then
 * the <em>tail</em>: a record that was being written when the process or the power failed, and so was not acknowledged.
 *
 * @param records those that are whole, in order
 * @param damaged the stretches between them that are not
 * @param tail what follows the last record, empty at the end of a log that was closed
 */
record LogScan(List<Found> records, List<Stretch> damaged, Stretch tail) {

    /** A record and where it is. */
    record Found(LogRecord record, Stretch where) {}

    /** Some bytes of the segment. */
    record Stretch(int offset, int byteCount) {
        int end() {
            return offset + byteCount;
        }
    }

    static LogScan of(byte[] bytes, long segment) {
        List<Found> records = new ArrayList<>();
        List<Stretch> damaged = new ArrayList<>();
        int at = 0;
        for (Found next = next(bytes, at, segment); next != null; next = next(bytes, at, segment)) {
            if (next.where().offset() > at) {
                damaged.add(new Stretch(at, next.where().offset() - at));
            }
            records.add(next);
            at = next.where().end();
        }
        return new LogScan(records, damaged, new Stretch(at, lastWritten(bytes, at) - at));
    }

    private static @Nullable Found next(byte[] bytes, int from, long segment) {
        for (int at = from; at <= bytes.length - LogRecord.FRAME_BYTES; at++) {
            LogRecord record = LogRecord.at(bytes, at, segment);
            if (record != null) {
                return new Found(record, new Stretch(at, record.byteCount()));
            }
        }
        return null;
    }

    /** Returns the end of the bytes that are not zero. */
    private static int lastWritten(byte[] bytes, int from) {
        int end = bytes.length;
        while (end > from && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** Tells whether the log was closed: then it has no tail, and all it held was durable. */
    boolean isClosed() {
        return !records.isEmpty() && records.get(records.size() - 1).record().type() == LogRecord.Type.END;
    }
}
