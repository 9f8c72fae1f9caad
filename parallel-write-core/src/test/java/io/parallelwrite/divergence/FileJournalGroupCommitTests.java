package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.missed;
import static io.parallelwrite.divergence.JournalEntries.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.divergence.FileJournal.Limits;
import io.parallelwrite.divergence.PowerCutDirectory.Fault;
import io.parallelwrite.divergence.PowerCutDirectory.Left;
import io.parallelwrite.target.NotAppliedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the callers of a {@link FileJournal} share its writes and forces. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // who waits for a force is not interruptible
class FileJournalGroupCommitTests {

    private static final int CALLERS = 20;
    private static final Limits LARGE = new Limits(1_000, 1 << 20, 1 << 20);

    private final PowerCutDirectory directory = new PowerCutDirectory();
    private final CountDownLatch forcing = new CountDownLatch(1);
    private final CountDownLatch forced = new CountDownLatch(1);
    private final AtomicInteger gates = new AtomicInteger();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private FileJournal journal;

    @BeforeEach
    void openJournal() throws IOException {
        journal = FileJournal.open(directory, LARGE);
        directory.failNoMore(); // counts the steps from here on
    }

    @Test
    void forcesOncePerPutWhenCallersComeOneByOne() throws IOException {
        for (int i = 0; i < 5; i++) {
            journal.put(write("id " + i, "a"));
        }
        assertThat(directory.count("force")).isEqualTo(5);
        assertThat(directory.count("write")).isEqualTo(5);
        journal.remove("id 1");
        assertThat(directory.count("force")).as("removing forces nothing").isEqualTo(5);
        assertThat(directory.count("write")).isEqualTo(6);
    }

    @Test
    void forcesOnceForAllWhoComeWhileAnotherIsForced() throws Exception {
        List<Thread> callers = putWhileOneIsForced();
        forced.countDown();
        join(callers);
        assertThat(failures).isEmpty();
        assertThat(directory.count("force")).as("%s", directory.steps()).isEqualTo(2);
        assertThat(directory.count("write")).isEqualTo(2);
        assertThat(journal.size()).isEqualTo(1 + CALLERS);
        try (FileJournal found = FileJournal.open(directory.after(Left.NOTHING), LARGE)) {
            assertThat(found.entries()).isEqualTo(journal.entries());
        }
    }

    @Test
    void keepsNobodyWaitingWhoRemovesWhileAnotherIsForced() throws Exception {
        journal.put(write("old", "a"));
        List<Thread> callers = putWhileOneIsForced();
        journal.remove("old"); // returns though the force has not
        assertThat(journal.entries()).isEmpty();
        forced.countDown();
        join(callers);
        assertThat(directory.count("force")).isEqualTo(2);
        try (FileJournal found = FileJournal.open(directory.after(Left.NOTHING), LARGE)) {
            assertThat(found.entries()).hasSize(1 + CALLERS).isEqualTo(journal.entries());
        }
    }

    @Test
    void forgetsAnEntryThatIsRemovedWhileItIsForced() throws Exception {
        List<Thread> callers = putWhileOneIsForced();
        journal.remove("first");
        journal.remove("caller 3");
        forced.countDown();
        join(callers);
        assertThat(failures).isEmpty();
        assertThat(journal.entries())
                .hasSize(CALLERS - 1)
                .noneMatch(entry -> List.of("first", "caller 3").contains(entry.id()));
        try (FileJournal found = FileJournal.open(directory.after(Left.ALL), LARGE)) {
            assertThat(found.entries()).isEqualTo(journal.entries());
        }
    }

    @Test
    void failsAllWhoShareAFailedForceEachWithAnExceptionOfItsOwn() throws Exception {
        List<Thread> callers = putWhileOneIsForced();
        directory.failAt(2, Fault.BEFORE_ONCE); // the force under way, the next write, its force
        forced.countDown();
        join(callers);
        assertThat(failures)
                .hasSize(CALLERS)
                .doesNotHaveDuplicates()
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(NotAppliedException.class)
                        .hasMessageContaining("The journal in '/journal' failed")
                        .hasMessageContaining("the disk is full; free space on it")
                        .hasMessageContaining("is not kept"));
        assertThat(journal.entries()).extracting(JournalEntry::id).containsExactly("first");
        assertThat(journal.put(write("later", "a"))).isNotNull();
    }

    @Test
    void countsPutsThatAreUnderWayForItsRoom() throws Exception {
        PowerCutDirectory small = new PowerCutDirectory();
        journal = FileJournal.open(small, new Limits(1 + CALLERS, 1 << 20, 1 << 20));
        List<Thread> callers = putWhileOneIsForced(small);
        assertThatThrownBy(() -> journal.put(write("one more", "a"))).isInstanceOf(JournalFullException.class);
        forced.countDown();
        join(callers);
        assertThat(failures).isEmpty();
    }

    @Test
    void boundsTheBytesItKeeps() throws IOException {
        journal = FileJournal.open(new PowerCutDirectory(), new Limits(1_000, 500, 1 << 20));
        int puts = 0;
        try {
            for (; puts < 100; puts++) {
                journal.put(write("id " + puts, "a"));
            }
        } catch (JournalFullException e) {
            assertThat(puts).isBetween(2, 10);
        }
        assertThat(puts).isLessThan(100);
    }

    @Test
    void waitsForPutsThatAreUnderWayWhenItIsClosed() throws Exception {
        List<Thread> callers = putWhileOneIsForced();
        Thread closer = start(() -> journal.close());
        callers.add(closer);
        awaitWaiting(closer);
        assertThatThrownBy(() -> journal.put(write("too late", "a"))).hasMessageContaining("is closed");
        assertThat(directory.isOpen()).isTrue();
        forced.countDown();
        join(callers);
        assertThat(failures).isEmpty();
        assertThat(directory.isOpen()).isFalse();
        assertThat(journal.size()).isEqualTo(1 + CALLERS);
    }

    @Test
    void beginsNewSegmentsUnderLoadAndLosesNothing() throws Exception {
        journal.close();
        PowerCutDirectory small = new PowerCutDirectory();
        journal = FileJournal.open(small, new Limits(1_000, 1 << 20, 2_000));
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            int thread = t;
            callers.add(start(() -> putAndRemove("thread " + thread, new Random(thread))));
        }
        join(callers);
        assertThat(failures).isEmpty();
        assertThat(small.count("rename")).isGreaterThan(20);
        assertThat(small.names()).hasSize(1);
        for (Left left : List.of(Left.ALL, Left.NOTHING)) {
            try (FileJournal found = FileJournal.open(small.after(left), LARGE)) {
                assertThat(found.entries()).containsAll(journal.entries());
                assertThat(found.damagedCount()).isZero();
            }
        }
        int size = small.bytes(small.segment()).length;
        assertThat(size).as("what is gone takes no room").isLessThan(100_000);
    }

    @Test
    void givesTheRoomOfWhatIsGoneBackBeforeTheSegmentIsFull() throws IOException {
        PowerCutDirectory small = new PowerCutDirectory();
        journal = FileJournal.open(small, new Limits(1_000, 1 << 20, 2_000));
        for (int i = 0; i < 300; i++) {
            journal.put(write("id " + i, "a"));
        }
        assertThat(small.bytes(small.segment())).hasSizeGreaterThan(40_000);
        for (int i = 0; i < 300; i++) {
            journal.remove("id " + i);
        }
        journal.put(write("later", "a"));
        assertThat(small.bytes(small.segment())).hasSizeLessThan(3_000);
    }

    @Test
    void findsNothingAgainThatWasRemovedBeyondTheRoomOfTheSegment() throws IOException {
        PowerCutDirectory small = new PowerCutDirectory();
        journal = FileJournal.open(small, new Limits(1_000, 1 << 20, 2_000));
        for (int i = 0; i < 300; i++) {
            journal.put(write("id " + i, "a"));
        }
        for (int i = 0; i < 300; i++) {
            journal.remove("id " + i);
        }
        try (FileJournal afterAKill = FileJournal.open(small.after(Left.ALL), LARGE)) {
            assertThat(afterAKill.entries()).isEmpty();
        }
        journal.close();
        try (FileJournal afterwards = FileJournal.open(small.after(Left.ALL), LARGE)) {
            assertThat(afterwards.entries()).isEmpty();
        }
    }

    private void putAndRemove(String thread, Random random) throws IOException {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String id = thread + " put " + i;
            journal.put(missed(journal.put(write(id, "path " + random.nextInt(5)))));
            kept.add(id);
            if (kept.size() > 10) {
                journal.remove(kept.remove(random.nextInt(kept.size())));
            }
        }
    }

    private List<Thread> putWhileOneIsForced() throws InterruptedException {
        return putWhileOneIsForced(directory);
    }

    /** Returns when one put is being forced and the others wait for it. */
    private List<Thread> putWhileOneIsForced(PowerCutDirectory where) throws InterruptedException {
        where.failNoMore();
        where.onStep(step -> {
            if (step.startsWith("force") && gates.getAndIncrement() == 0) {
                forcing.countDown();
                await(forced);
            }
        });
        List<Thread> callers = new ArrayList<>();
        callers.add(start(() -> journal.put(write("first", "a"))));
        forcing.await();
        for (int i = 0; i < CALLERS; i++) {
            String id = "caller " + i;
            callers.add(start(() -> journal.put(write(id, "a"))));
        }
        callers.subList(1, callers.size()).forEach(FileJournalGroupCommitTests::awaitWaiting);
        return callers;
    }

    /** A body that may fail. */
    private interface Body {
        void run() throws IOException;
    }

    private Thread start(Body body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (IOException | RuntimeException | Error e) {
                failures.add(e);
            }
        });
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
