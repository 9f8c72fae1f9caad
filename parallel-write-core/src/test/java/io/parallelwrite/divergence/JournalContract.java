package io.parallelwrite.divergence;

import static io.parallelwrite.divergence.JournalEntries.delete;
import static io.parallelwrite.divergence.JournalEntries.missed;
import static io.parallelwrite.divergence.JournalEntries.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} does. */
abstract class JournalContract {

    private static final int CAPACITY = 5;

    private Journal journal;

    /** Opens an empty journal. */
    abstract Journal open(int capacity) throws IOException;

    @BeforeEach
    void openJournal() throws IOException {
        journal = open(CAPACITY);
    }

    @AfterEach
    void closeJournal() throws IOException {
        journal.close();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(journal.entries()).isEmpty();
        assertThat(journal.size()).isZero();
        assertThat(journal.capacity()).isEqualTo(CAPACITY);
        assertThat(journal.entry(TargetPath.of("a"))).isEmpty();
    }

    @Test
    void keepsWhatItIsGivenAndNumbersIt() throws IOException {
        JournalEntry first = journal.put(write("1", "a"));
        JournalEntry second = journal.put(delete("2", "b"));
        assertThat(first).isEqualTo(write("1", "a").withGeneration(first.generation()));
        assertThat(first.generation()).isPositive().isLessThan(second.generation());
        assertThat(journal.entries()).containsExactly(first, second);
        assertThat(journal.size()).isEqualTo(2);
    }

    @Test
    void putsAgainInPlaceOfTheEarlierWithTheSameGeneration() throws IOException {
        JournalEntry first = journal.put(write("1", "a"));
        JournalEntry second = journal.put(write("2", "b"));
        JournalEntry again = journal.put(missed(write("1", "a")));
        assertThat(again).isEqualTo(missed(first));
        assertThat(journal.entries()).containsExactly(again, second);
    }

    @Test
    void refusesAnIdForAnotherPathOrOperation() throws IOException {
        JournalEntry kept = journal.put(write("1", "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> journal.put(write("1", "b")))
                .withMessageContaining("'1'")
                .withMessageContaining("'a'")
                .withMessageContaining("'b'");
        assertThatIllegalArgumentException().isThrownBy(() -> journal.put(delete("1", "a")));
        assertThat(journal.entries()).containsExactly(kept);
    }

    @Test
    void forgetsWhatIsRemoved() throws IOException {
        journal.put(write("1", "a"));
        JournalEntry second = journal.put(write("2", "b"));
        journal.remove("1");
        assertThat(journal.entries()).containsExactly(second);
        assertThat(journal.entries(TargetPath.of("a"))).isEmpty();
        journal.remove("1");
        journal.remove("never there");
        assertThat(journal.entries()).containsExactly(second);
    }

    @Test
    void givesARemovedIdAGenerationOfItsOwn() throws IOException {
        JournalEntry first = journal.put(write("1", "a"));
        journal.remove("1");
        assertThat(journal.put(write("1", "a")).generation()).isGreaterThan(first.generation());
    }

    @Test
    void findsTheNewestEntryOfAPathAndThoseItSupersedes() throws IOException {
        JournalEntry first = journal.put(write("1", "a"));
        JournalEntry other = journal.put(write("2", "b"));
        JournalEntry second = journal.put(delete("3", "a"));
        JournalEntry third = journal.put(write("4", "a"));
        journal.put(missed(first));
        TargetPath path = TargetPath.of("a");
        assertThat(journal.entry(path)).contains(third);
        assertThat(journal.entries(path)).containsExactly(missed(first), second, third);
        assertThat(journal.supersededBy(third)).containsExactly(missed(first), second);
        assertThat(journal.supersededBy(first)).isEmpty();
        assertThat(journal.supersededBy(other)).isEmpty();
        journal.remove("4");
        assertThat(journal.entry(path)).contains(second);
    }

    @Test
    void refusesNewEntriesWhenItIsFullAndStillTakesOldOnesAgain() throws IOException {
        for (int i = 0; i < CAPACITY; i++) {
            journal.put(write("id " + i, "a"));
        }
        assertThatThrownBy(() -> journal.put(write("one more", "b")))
                .isInstanceOf(JournalFullException.class)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("is full")
                .hasMessageContaining("max-entries [" + CAPACITY + "]")
                .hasMessageContaining("Repair")
                .satisfies(
                        e -> assertThat(((JournalFullException) e).capacity()).isEqualTo(CAPACITY));
        JournalEntry again = journal.put(missed(write("id 0", "a")));
        assertThat(journal.entries()).hasSize(CAPACITY).contains(again);
        journal.remove("id 1");
        assertThatCode(() -> journal.put(write("one more", "b"))).doesNotThrowAnyException();
    }

    @Test
    void isNotChangedThroughWhatItReturns() throws IOException {
        journal.put(write("1", "a"));
        List<JournalEntry> before = journal.entries();
        journal.put(write("2", "a"));
        assertThat(before).hasSize(1).isUnmodifiable();
    }

    @Test
    void failsOnceClosedAndCanBeClosedAgain() throws IOException {
        JournalEntry kept = journal.put(write("1", "a"));
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.put(write("2", "b")))
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("is closed");
        assertThatThrownBy(() -> journal.remove("1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
        assertThat(journal.entries()).containsExactly(kept);
    }

    @Test
    void takesPutsAndRemovesOfManyThreads() throws IOException {
        int threads = 8;
        int rounds = 50;
        journal.close();
        journal = open(threads * 2);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                all.add(CompletableFuture.runAsync(() -> putAndRemove("thread " + thread, rounds), executor));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            executor.shutdown();
        }
        assertThat(journal.entries()).hasSize(threads).allMatch(entry -> entry.equals(missed(entry)));
        assertThat(journal.entries())
                .extracting(JournalEntry::generation)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private void putAndRemove(String thread, int rounds) {
        try {
            for (int round = 0; round < rounds; round++) {
                String id = thread + " round " + round;
                JournalEntry decided = journal.put(write(id, "a"));
                assertThat(journal.entries(TargetPath.of("a"))).contains(decided);
                journal.put(missed(decided));
                if (round > 0) {
                    journal.remove(thread + " round " + (round - 1));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
