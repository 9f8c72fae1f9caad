package io.parallelwrite.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parallelwrite.Gate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call on many handles: who is called, by whom, how many at once, and in which order. */
@Timeout(60)
class HandleGroupTests {

    private final HandleThreads threads = new HandleThreads();
    private final List<HandleGroup<?>> groups = new ArrayList<>();

    @AfterEach
    void leavesNoWorkerBehind() {
        groups.forEach(HandleGroup::release);
        threads.awaitEnd();
    }

    @Test
    void refusesAnEmptyList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HandleGroup<>(List.of(), HandleSettings.defaults()))
                .withMessage("The list of handles is empty; give at least one");
    }

    @Test
    void namesAHandleThatIsNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HandleGroup<>(Arrays.asList("a", null), HandleSettings.defaults()))
                .withMessage("Handle #1 is null");
    }

    @Test
    void namesBothPlacesOfAHandleThatIsThereTwice() {
        Object twice = new Object();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HandleGroup<>(List.of(twice, "other", twice), HandleSettings.defaults()))
                .withMessageStartingWith("Handle #2 is the same object as #0");
    }

    @Test
    void takesHandlesThatAreEqualAndNotTheSame() {
        assertThat(new HandleGroup<>(List.of(new String("a"), new String("a")), HandleSettings.defaults()).size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "5, 1", "5, 2", "5, 5", "128, 1", "128, 2", "128, 128"})
    void callsEveryHandleOnceWhateverTheOthersDo(int handles, int workers) throws IOException {
        List<AtomicInteger> counts = counters(handles);
        HandleGroup<AtomicInteger> group = group(counts, workers);
        for (int call = 1; call <= 20; call++) {
            List<HandleAnswer> answers = group.callAll("count", (count, index) -> {
                if (index % 2 == 1) {
                    throw new IOException("odd");
                }
                return count.incrementAndGet();
            });
            for (int i = 0; i < handles; i++) {
                assertThat(answers.get(i).index()).isEqualTo(i);
                if (i % 2 == 0) {
                    assertThat(answers.get(i)).isEqualTo(new HandleAnswer.Returned(i, call));
                } else {
                    assertThat(answers.get(i)).isInstanceOf(HandleAnswer.Threw.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 128})
    void callsAllAtOnceIfEachWaitsForTheOthers(int handles) throws IOException {
        HandleGroup<AtomicInteger> group = group(counters(handles), handles);
        for (int round = 0; round < 3; round++) {
            for (int quick = 0; quick < 2000; quick++) {
                group.callAll("quick", (count, index) -> null); // the caller alone has always been enough so far
            }
            CountDownLatch all = new CountDownLatch(handles);
            group.callAll("meet", (count, index) -> {
                all.countDown();
                all.await();
                return null;
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 2", "128, 2", "128, 7", "128, 128"})
    void neverCallsMoreAtOnceThanThereAreWorkers(int handles, int workers) throws IOException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Thread> callers = ConcurrentHashMap.newKeySet();
        CountDownLatch some = new CountDownLatch(workers);
        HandleGroup<AtomicInteger> group = group(counters(handles), workers);
        for (int call = 0; call < 10; call++) {
            group.callAll("count", (handle, index) -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                callers.add(Thread.currentThread());
                some.countDown();
                some.await(); // until as many as may have come
                now.decrementAndGet();
                return null;
            });
        }
        assertThat(most).hasValue(workers);
        assertThat(callers).hasSize(workers).contains(Thread.currentThread());
        assertThat(threads.sinceThen()).hasSizeLessThan(workers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void startsNoThreadForOneWorker(int handles) throws IOException {
        Set<Thread> callers = ConcurrentHashMap.newKeySet();
        HandleGroup<AtomicInteger> group = group(counters(handles), 1);
        for (int call = 0; call < 100; call++) {
            group.callAll("call", (handle, index) -> callers.add(Thread.currentThread()));
        }
        assertThat(callers).containsExactly(Thread.currentThread());
        assertThat(threads.sinceThen()).isEmpty();
    }

    @Test
    void showsEveryHandleTheSameOrderOfCalls() throws InterruptedException {
        List<List<Integer>> seen = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seen.add(Collections.synchronizedList(new ArrayList<>()));
        }
        HandleGroup<List<Integer>> group = group(seen, 4);
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(caller -> new Thread(() -> {
                    for (int call = 0; call < 500; call++) {
                        int number = caller * 1000 + call;
                        answersOf(() -> group.callAll("add", (list, index) -> list.add(number)));
                    }
                }))
                .toList();
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(seen.get(0)).hasSize(2000);
        assertThat(seen).allSatisfy(list -> assertThat(list).isEqualTo(seen.get(0)));
    }

    @Test
    void refusesACallFromInsideACall() throws IOException {
        HandleGroup<AtomicInteger> group = group(counters(2), 1);
        List<HandleAnswer> answers = group.callAll("outer", (handle, index) -> group.callAll("inner", (h, i) -> null));
        assertThat(answers)
                .allSatisfy(answer -> assertThatIllegalStateException().isThrownBy(() -> {
                    throw ((HandleAnswer.Threw) answer).cause();
                }));
    }

    @Test
    void keepsAnInterruptForLater() throws IOException {
        HandleGroup<AtomicInteger> group = group(counters(3), 1);
        Thread.currentThread().interrupt();
        List<HandleAnswer> answers =
                group.callAll("look", (handle, index) -> Thread.currentThread().isInterrupted());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answers)
                .extracting(answer -> ((HandleAnswer.Returned) answer).value())
                .containsOnly(false);
    }

    @Test
    void waitsForAllThoughTheCallerIsInterrupted() throws InterruptedException {
        Gate gate = new Gate();
        AtomicReference<List<HandleAnswer>> answers = new AtomicReference<>();
        HandleGroup<AtomicInteger> group = group(counters(2), 2);
        AtomicInteger first = new AtomicInteger();
        Thread caller = new Thread(() -> answers.set(answersOf(() -> group.callAll("wait", (handle, index) -> {
            if (Thread.currentThread().getName().startsWith("parallel-write-handles")) {
                gate.pass();
            } else if (first.incrementAndGet() == 1) {
                gate.awaitArrival();
            }
            return Thread.currentThread().isInterrupted();
        }))));
        caller.start();
        gate.awaitArrival();
        caller.interrupt();
        gate.open();
        caller.join();
        assertThat(answers.get()).hasSize(2);
    }

    @Test
    void closesAllAndReportsEveryFailure() {
        List<AtomicInteger> counts = counters(4);
        HandleGroup<AtomicInteger> group = group(counts, 2);
        IOException first = new IOException("disk full");
        IllegalStateException second = new IllegalStateException("no");
        assertThatIOException()
                .isThrownBy(() -> group.close((count, index) -> {
                    count.incrementAndGet();
                    if (index == 1) {
                        throw first;
                    }
                    if (index == 3) {
                        throw second;
                    }
                    return null;
                }))
                .withMessage("2 of 4 handles could not be closed: #1 threw java.io.IOException: disk full;"
                        + " #3 threw java.lang.IllegalStateException: no")
                .withCause(first)
                .satisfies(ex -> assertThat(ex.getSuppressed()).containsExactly(second));
        assertThat(counts).extracting(AtomicInteger::get).containsOnly(1);
    }

    @Test
    void closesOnceAndIsCalledNoMore() throws IOException {
        List<AtomicInteger> counts = counters(3);
        HandleGroup<AtomicInteger> group = group(counts, 3);
        group.close((count, index) -> count.incrementAndGet());
        group.close((count, index) -> count.incrementAndGet());
        assertThat(counts).extracting(AtomicInteger::get).containsOnly(1);
        assertThatIOException()
                .isThrownBy(() -> group.callAll("size", (count, index) -> count.incrementAndGet()))
                .withMessage("size was called on handles that are closed");
        assertThat(counts).extracting(AtomicInteger::get).containsOnly(1);
    }

    @Test
    void closesOnlyAfterTheCallInProgress() throws InterruptedException {
        Gate gate = new Gate();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        HandleGroup<AtomicInteger> group = group(counters(2), 1);
        Thread caller = new Thread(() -> answersOf(() -> group.callAll("write", (handle, index) -> {
            gate.pass();
            return order.add("write " + index);
        })));
        caller.start();
        gate.awaitArrival();
        Thread closer = new Thread(() -> answersOf(() -> {
            group.close((handle, index) -> order.add("close " + index));
            return null;
        }));
        closer.start();
        Gate.awaitBlocked(closer);
        gate.open();
        caller.join();
        closer.join();
        assertThat(order).containsExactly("write 0", "write 1", "close 0", "close 1");
    }

    @Test
    void endsItsWorkersWhenItIsClosed() throws IOException {
        int handles = 8;
        HandleGroup<AtomicInteger> group = group(counters(handles), handles);
        CountDownLatch all = new CountDownLatch(handles);
        group.callAll("meet", (count, index) -> {
            all.countDown();
            all.await();
            return null;
        });
        assertThat(threads.sinceThen()).hasSize(handles - 1);
        group.close((count, index) -> null);
        threads.awaitEnd();
    }

    @Test
    void sharesWorkersAndOrderWithWhatItsHandlesGaveOut() throws IOException {
        HandleGroup<AtomicInteger> group = group(counters(3), 3);
        HandleGroup<AtomicInteger> shared = group.sharing(counters(3));
        shared.close((count, index) -> count.incrementAndGet());
        assertThat(group.callAll("still", (count, index) -> count.get()))
                .extracting(answer -> ((HandleAnswer.Returned) answer).value())
                .containsOnly(0);
        HandleGroup<AtomicInteger> outliving = group.sharing(counters(3));
        group.close((count, index) -> null);
        assertThat(outliving.callAll("count", (count, index) -> count.incrementAndGet()))
                .extracting(answer -> ((HandleAnswer.Returned) answer).value())
                .containsOnly(1);
    }

    private <H> HandleGroup<H> group(List<H> handles, int workers) {
        HandleGroup<H> group =
                new HandleGroup<>(handles, HandleSettings.defaults().withMaxWorkers(workers));
        groups.add(group);
        return group;
    }

    static List<AtomicInteger> counters(int count) {
        return IntStream.range(0, count).mapToObj(i -> new AtomicInteger()).toList();
    }

    private static <V> V answersOf(Callable<V> call) {
        try {
            return call.call();
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }
}
