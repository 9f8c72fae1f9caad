package io.parallelwrite.handle;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the same from every handle, each into an array of its own, and compares.
 *
 * <p>Each handle fills its array or comes to its end, however few it gives at a time: short counts are no disagreement. The
 * arrays are kept for the next read; each grows to {@value #MOST} elements at most.
 *
 * <p>Not thread-safe: the caller has its turn.
 *
 * @param <H> what a handle is
 * @param <A> an array of what it reads
 */
final class StepContent<H extends Closeable, A> {

    /** As many are read in one round at most. */
    static final int MOST = 1 << 16;

    /**
     * What handles read.
     *
     * @param <H> what a handle is
     * @param <A> an array of what it reads
     */
    interface Kind<H, A> {

        /** Creates an array. */
        A create(int length);

        int lengthOf(A array);

        /** Reads until an array has this many or the handle is at its end. Returns how many it has. */
        int fill(H handle, A array, int count) throws IOException;

        /** Returns the first index at which two arrays differ, or one of them ends; -1 if they are equal. */
        int mismatch(A one, int oneCount, A other, int otherCount);

        /** Puts an element into words. */
        String shown(A array, int index);

        /** Returns what one element is called. */
        String unit();
    }

    // immutable
    private final InStep<H> handles;
    private final Kind<? super H, A> kind;
    private final List<A> arrays = new ArrayList<>();
    private final int[] counts; // each written by who calls that handle, read after the round

    StepContent(InStep<H> handles, Kind<? super H, A> kind) {
        this.handles = handles;
        this.kind = kind;
        this.counts = new int[handles.size()];
        for (int i = 0; i < counts.length; i++) {
            arrays.add(kind.create(0));
        }
    }

    /**
     * Reads from every handle.
     *
     * @param wanted how many
     * @param offset where the handles are, for messages
     * @param origin what the offset is counted from, if it is not the beginning; for messages too
     * @return how many each has read: {@code wanted} or {@link #MOST}, fewer only at the end
     * @throws HandlesDivergedException if what they read differs, or one is at its end before the others
     * @throws IOException if they cannot be read
     */
    int fill(int wanted, long offset, String origin) throws IOException {
        int count = Math.min(wanted, MOST);
        if (kind.lengthOf(arrays.get(0)) < count) {
            int length = Math.min(MOST, Math.max(count, 2 * kind.lengthOf(arrays.get(0))));
            arrays.replaceAll(array -> kind.create(length));
        }
        handles.run(() -> "a read at " + kind.unit() + " " + offset + origin, (handle, index) -> {
            counts[index] = kind.fill(handle, arrays.get(index), count);
            return null;
        });
        int different = firstDifference();
        if (different >= 0) {
            throw handles.lost(difference(different, (offset + different) + origin));
        }
        return counts[0];
    }

    /** Returns what all have read. */
    A read() {
        return arrays.get(0);
    }

    private int firstDifference() {
        int first = -1;
        for (int i = 1; i < counts.length; i++) {
            int different = kind.mismatch(arrays.get(0), counts[0], arrays.get(i), counts[i]);
            first = first < 0 || (different >= 0 && different < first) ? different : first;
        }
        return first;
    }

    private HandlesDivergedException difference(int at, String place) {
        List<@Nullable String> said = new ArrayList<>(); // null stands for the end
        for (int i = 0; i < counts.length; i++) {
            said.add(at < counts[i] ? kind.shown(arrays.get(i), at) : null);
        }
        return HandlesDivergedException.ofContent(
                "What the handles read differs at " + kind.unit() + " " + place, said);
    }
}
