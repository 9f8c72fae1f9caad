package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.parallelwrite.Gate;
import io.parallelwrite.stream.ManualTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that hang: the caller goes on at the deadline, whatever they do. */
@Timeout(60)
class HandleDeadlineTests {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HandleThreads threads = new HandleThreads();
    private final ManualTimer timer = new ManualTimer();
    private final Gate gate = new Gate();

    @AfterEach
    void leavesNoWorkerBehind() {
        gate.open();
        threads.awaitEnd();
    }

    @Test
    void goesOnWithoutAHandleThatHangs() throws IOException {
        HandleGroup<AtomicInteger> group = group(3, 3);
        assertThat(callWithHandleThatHangs(group, 1))
                .containsExactly(
                        new HandleAnswer.Returned(0, 0),
                        new HandleAnswer.Unfinished(1, DEADLINE, true),
                        new HandleAnswer.Returned(2, 2));
        group.release();
    }

    @Test
    void callsNoHandleAsLongAsOneHangs() throws IOException {
        HandleGroup<AtomicInteger> group = group(3, 3);
        callWithHandleThatHangs(group, 1);
        AtomicInteger called = new AtomicInteger();
        assertThatIOException()
                .isThrownBy(() -> group.callAll("size", (handle, index) -> called.incrementAndGet()))
                .withMessageStartingWith("size was called on no handle: #1 has not returned");
        assertThat(called).hasValue(0);
        group.release();
    }

    @Test
    void callsAllAgainWhenTheLateCallHasReturned() throws IOException {
        HandleGroup<AtomicInteger> group = group(2, 2);
        callWithHandleThatHangs(group, 1);
        gate.open();
        List<HandleAnswer> answers = null;
        while (answers == null) {
            answers = callIfPossible(group);
        }
        assertThat(answers).containsExactly(new HandleAnswer.Returned(0, 7), new HandleAnswer.Returned(1, 7));
        group.release();
    }

    private static List<HandleAnswer> callIfPossible(HandleGroup<AtomicInteger> group) {
        try {
            return group.callAll("seven", (handle, index) -> 7);
        } catch (IOException stillBusy) {
            Thread.yield();
            return null;
        }
    }

    @Test
    void neverBeginsACallAfterItsDeadline() throws IOException {
        Set<Integer> called = ConcurrentHashMap.newKeySet();
        HandleGroup<AtomicInteger> group = group(3, 1);
        CompletableFuture<List<HandleAnswer>> call = async(() -> group.callAll("hang", (handle, index) -> {
            called.add(index);
            gate.pass();
            return null;
        }));
        gate.awaitArrival();
        timer.advance(DEADLINE);
        assertThat(call.join())
                .containsExactly(
                        new HandleAnswer.Unfinished(0, DEADLINE, true),
                        new HandleAnswer.Unfinished(1, DEADLINE, false),
                        new HandleAnswer.Unfinished(2, DEADLINE, false));
        gate.open();
        group.release();
        threads.awaitEnd();
        assertThat(called).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void closesAllThoughOneHangs(int workers) throws IOException {
        HandleGroup<AtomicInteger> group = group(3, workers);
        callWithHandleThatHangs(group, 1);
        Set<Integer> closed = ConcurrentHashMap.newKeySet();
        group.close((handle, index) -> closed.add(index));
        assertThat(closed).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void closesTheOthersThoughAllWorkersHangInClose() {
        HandleGroup<AtomicInteger> group = group(3, 1);
        Set<Integer> closed = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> close = async(() -> {
            group.close((handle, index) -> {
                if (index == 0) {
                    gate.pass();
                }
                return closed.add(index);
            });
            return null;
        });
        gate.awaitArrival();
        timer.advance(DEADLINE);
        assertThat(close)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("3 of 3 handles could not be closed: #1 and #2 got no worker within PT30S;"
                        + " #0 did not return within PT30S");
        while (closed.size() < 2) {
            Thread.yield(); // each close that is left gets a worker
        }
        assertThat(closed).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void forgetsTheDeadlineOfACallThatReturned() throws IOException {
        HandleGroup<AtomicInteger> group = group(4, 4);
        for (int i = 0; i < 100; i++) {
            assertThat(group.callAll("quick", (handle, index) -> 1)).allMatch(HandleAnswer.Returned.class::isInstance);
        }
        assertThat(timer.alarmCount()).isZero();
        group.release();
    }

    @Test
    void doesNotCallHandlesOnTheCallersThread() throws IOException {
        HandleGroup<AtomicInteger> group = group(4, 2);
        Set<Thread> callers = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 20; i++) {
            group.callAll("quick", (handle, index) -> callers.add(Thread.currentThread()));
        }
        assertThat(callers).doesNotContain(Thread.currentThread()).hasSizeLessThanOrEqualTo(2);
        group.release();
    }

    /** Calls all, and lets the deadline pass when all that do not hang, or wait for a worker that does, have answered. */
    private List<HandleAnswer> callWithHandleThatHangs(HandleGroup<AtomicInteger> group, int hanging) {
        Set<Thread> callers = ConcurrentHashMap.newKeySet();
        CompletableFuture<List<HandleAnswer>> call = async(() -> group.callAll("hang", (handle, index) -> {
            callers.add(Thread.currentThread());
            if (index == hanging) {
                gate.pass();
            }
            return index;
        }));
        gate.awaitArrival();
        while (!threads.sinceThen().stream().allMatch(HandleDeadlineTests::waits)
                || callers.size() < threads.sinceThen().size() - 1) {
            Thread.yield();
        }
        timer.advance(DEADLINE);
        return call.join();
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private HandleGroup<AtomicInteger> group(int handles, int workers) {
        return new HandleGroup<>(
                HandleGroupTests.counters(handles),
                HandleSettings.defaults().withMaxWorkers(workers).withDeadline(DEADLINE),
                timer);
    }

    private static <V> CompletableFuture<V> async(Callable<V> call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (Exception ex) {
                throw new CompletionException(ex);
            }
        });
    }
}
