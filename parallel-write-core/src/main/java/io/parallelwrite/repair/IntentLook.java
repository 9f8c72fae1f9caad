package io.parallelwrite.repair;

import io.parallelwrite.target.StagedSweep;
import io.parallelwrite.target.Target;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The last look for what may have come of an intent.
 *
 * <p><b>Looks.</b> What is seen at the first look was staged before it, and what is new at the second may come of a request
 * that was late. What is new at the third cannot: the request would have been under way for longer than the lateness that
 * lies between two looks. So no clock is compared, three looks are enough, and two if nothing is new at the second.
 *
 * <p><b>Discarded</b> is what was seen at two looks, one after the other: what is staged by a writer that lives shows by then
 * that it does.
 *
 * @param count how many looks there were
 * @param fresh what was seen at this one first
 * @param atNanos when it ended
 */
record IntentLook(int count, Set<String> fresh, long atNanos) {

    private static final int LAST = 3;

    /** There was no look yet. */
    static final IntentLook NONE = new IntentLook(0, Set.of(), 0);

    IntentLook {
        fresh = Set.copyOf(fresh);
    }

    /**
     * Discards what was seen already the last time. Blocks.
     *
     * @param found what is seen now
     * @param discard discards one thing
     * @return this look
     * @throws IOException if something could not be discarded; then it is to be looked again
     */
    IntentLook next(Set<String> found, long nowNanos, Discard discard) throws IOException {
        Set<String> unseen = new HashSet<>(found);
        for (String what : fresh) {
            if (unseen.remove(what)) {
                discard.discard(what);
            }
        }
        return new IntentLook(count + 1, unseen, nowNanos);
    }

    /** Tells whether nothing can come of the intent any more. */
    boolean isLast() {
        return count == LAST || (count > 1 && fresh.isEmpty());
    }

    /** Discards what was seen twice, as {@link Target#discardStaged} and {@link StagedSweep#discarded} do. */
    interface Discard {

        void discard(String what) throws IOException;
    }
}
