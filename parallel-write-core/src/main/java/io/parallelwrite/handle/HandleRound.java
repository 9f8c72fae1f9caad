package io.parallelwrite.handle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * One barrier call under way: which handle is next, what each has said, and who waits for the last of them.
 *
 * <p>The thread that creates it waits for it; any number of threads may take handles and call them. Each handle is called
 * once at most, and each answer is given once: by the call, or by the deadline if that comes first.
 *
 * <p>Thread-safe.
 *
 * @param <H> what a handle is
 */
final class HandleRound<H> {

    // immutable
    private final List<H> handles;
    private final HandleCall<? super H, ?> call;
    private final IntConsumer late;
    private final Thread caller = Thread.currentThread();

    // mutable, atomic
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger missing;
    private final AtomicReferenceArray<HandleAnswer> answers;
    private volatile boolean slow;

    /**
     * Begins a round.
     *
     * @param late told the index of a handle whose call returns after {@link #expire}
     */
    HandleRound(List<H> handles, HandleCall<? super H, ?> call, IntConsumer late) {
        this.handles = handles;
        this.call = call;
        this.late = late;
        this.missing = new AtomicInteger(handles.size());
        this.answers = new AtomicReferenceArray<>(handles.size());
    }

    /** Takes the next handle and calls it. Returns whether there was one. */
    boolean callNext() {
        int index = next.getAndIncrement();
        if (index >= handles.size()) {
            return false;
        }
        if (!answer(index, answerOf(index))) {
            late.accept(index);
        }
        return true;
    }

    private HandleAnswer answerOf(int index) {
        try {
            return new HandleAnswer.Returned(index, call.on(handles.get(index), index));
        } catch (Throwable ex) {
            return new HandleAnswer.Threw(index, ex);
        }
    }

    private boolean answer(int index, HandleAnswer answer) {
        if (!answers.compareAndSet(index, null, answer)) {
            return false;
        }
        if (missing.decrementAndGet() == 0 && Thread.currentThread() != caller) {
            LockSupport.unpark(caller); // it has nothing left to take and waits in await()
        }
        return true;
    }

    int size() {
        return handles.size();
    }

    /** Returns how many handles are not called yet; zero or less if all are. */
    int untakenCount() {
        return handles.size() - next.get();
    }

    /** The caller found that calls take long. */
    void markSlow() {
        slow = true;
    }

    boolean isSlow() {
        return slow;
    }

    /**
     * Answers for all that have not: their time is over.
     *
     * @param withdraw whether calls that have not begun never begin
     * @param busy told the index of each handle whose call goes on, before anyone can be told that it is late
     */
    void expire(Duration deadline, boolean withdraw, IntConsumer busy) {
        int taken = withdraw ? next.getAndSet(handles.size()) : next.get();
        for (int index = 0; index < handles.size(); index++) {
            boolean begun = index < taken;
            if (answers.get(index) == null) {
                if (begun || !withdraw) {
                    busy.accept(index);
                }
                if (!answer(index, new HandleAnswer.Unfinished(index, deadline, begun)) && (begun || !withdraw)) {
                    late.accept(index); // it has answered meanwhile, and is not busy
                }
            }
        }
    }

    /** Waits until all have answered. An interrupt is kept for later. */
    List<HandleAnswer> await() {
        boolean interrupted = false;
        while (missing.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt(); // given back
        }
        HandleAnswer[] all = new HandleAnswer[handles.size()];
        for (int index = 0; index < all.length; index++) {
            all[index] = answers.get(index);
        }
        return List.of(all); // which also checks that none is missing
    }
}
