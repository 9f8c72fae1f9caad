package io.parallelwrite.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallelwrite.Gate;
import io.parallelwrite.compare.CopiesFixture.Called;
import io.parallelwrite.stream.Deadlines;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.InvalidTargetPathException;
import io.parallelwrite.target.ListingUnsupportedException;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listing all targets at once: the order, what is found to differ, and what it leaves behind. */
class CopyListingTests {

    private static final byte[] BYTES = EngineFixture.bytes(20, 31);

    private static List<Comparison> list(CopiesFixture fixture, String prefix) throws IOException {
        try (Stream<Comparison> entries = fixture.reader.list(prefix)) {
            return entries.toList();
        }
    }

    private static void expectEqual(List<Comparison> entries, int targets) {
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry)
                    .isInstanceOfSatisfying(
                            Comparison.Equal.class,
                            equal -> assertThat(equal.strength()).isEqualTo(Strength.SIZE_ONLY));
            assertThat(entry.answers()).hasSize(targets).allMatch(CopyAnswer.Held.class::isInstance);
        });
    }

    @ParameterizedTest(name = "{0} targets, {1} objects")
    @CsvSource({"1, 3", "2, 0", "2, 1", "2, 255", "2, 256", "2, 257", "3, 512", "5, 600"})
    void listsWhatAllTargetsHoldInTheOrderOfPaths(int targets, int objects) throws Exception {
        List<String> paths =
                IntStream.range(0, objects).mapToObj("dir/%04d"::formatted).toList();
        ScriptedCopies[] copies = CopiesFixture.equal(targets, BYTES);
        for (ScriptedCopies copy : copies) {
            paths.forEach(path -> copy.with(path, BYTES));
        }
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            List<Comparison> entries = list(fixture, "dir/");
            assertThat(entries).extracting(Comparison::path).isEqualTo(paths);
            expectEqual(entries, targets);
            assertThat(fixture.targets)
                    .allSatisfy(target ->
                            assertThat(target.statCount).as("no look-ups").hasValue(0));
            fixture.assertNothingLeft();
        }
    }

    @Test
    void goesByTheBytesOfPathsInUtf8() throws Exception {
        List<String> paths = List.of("a", "a-b", "a/b", "\uFF5E", "\uD83D\uDE00");
        ScriptedCopies one = new ScriptedCopies("one");
        ScriptedCopies two = new ScriptedCopies("two");
        paths.forEach(path -> one.with(path, BYTES));
        paths.forEach(path -> two.with(path, BYTES));
        try (CopiesFixture fixture = CopiesFixture.of(one, two)) {
            List<Comparison> entries = list(fixture, "");
            assertThat(entries).extracting(Comparison::path).isEqualTo(paths);
            expectEqual(entries, 2);
        }
    }

    @Test
    void findsWhatDiffersOrIsMissingOnAnySide() throws Exception {
        ScriptedCopies one = new ScriptedCopies("one");
        ScriptedCopies two = new ScriptedCopies("two");
        one.with("a", BYTES).with("b", BYTES).with("c", BYTES).with("d", BYTES);
        two.with("b", BYTES)
                .with("c", ScriptedCopies.cut(BYTES, 3))
                .with("d", BYTES)
                .with("e", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(one, two)) {
            List<Comparison> entries = list(fixture, "");
            assertThat(entries).extracting(Comparison::path).containsExactly("a", "b", "c", "d", "e");
            List<Comparison> different = entries.stream()
                    .filter(Comparison.Different.class::isInstance)
                    .toList();
            assertThat(different).extracting(Comparison::path).containsExactly("a", "c", "e");
            assertThat(different.get(0).answers().get(1)).isEqualTo(new CopyAnswer.Missing("two"));
            assertThat(List.<Comparison>copyOf(fixture.differences))
                    .as("told each")
                    .isEqualTo(different);
        }
    }

    @Test
    void comparesChecksumsThatListingsTell() throws Exception {
        ScriptedCopies one = new ScriptedCopies("one").with("a", BYTES);
        ScriptedCopies two = new ScriptedCopies("two").with("a", ScriptedCopies.flipped(BYTES, 1));
        try (CopiesFixture fixture = CopiesFixture.of(one, two)) {
            assertThat(list(fixture, "")).singleElement().isInstanceOf(Comparison.Different.class);
        }
    }

    @Test
    void asksAgainWhereAListingTellsNoSize() throws Exception {
        ScriptedCopies one = new ScriptedCopies("one").with("a", BYTES).notTellingSizes();
        ScriptedCopies two = new ScriptedCopies("two").with("a", BYTES);
        try (CopiesFixture fixture = CopiesFixture.of(one, two)) {
            assertThat(list(fixture, ""))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Comparison.Equal.class,
                            equal -> assertThat(equal.strength()).isEqualTo(Strength.NOT_COMPARABLE));
            assertThat(one.statCount).hasValue(1);
        }
    }

    @Test
    void looksAgainBeforeItReportsWhatAWriteOrDeleteMayBeChanging() throws Exception {
        ScriptedCopies one = new ScriptedCopies("one").with("deleted", BYTES).with("grown", BYTES);
        ScriptedCopies two = new ScriptedCopies("two").with("grown", ScriptedCopies.cut(BYTES, 1));
        one.with("written", BYTES);
        Gate gate = new Gate();
        one.hangingAtEntry(3, gate);
        try (CopiesFixture fixture = CopiesFixture.of(one, two)) {
            Future<List<Comparison>> listing = fixture.asCaller(() -> list(fixture, ""));
            gate.awaitArrival(); // 'one' has listed three objects as they were
            one.memory.delete(TargetPath.of("deleted"));
            two.with("grown", BYTES);
            two.with("written", BYTES);
            gate.open();
            List<Comparison> entries = EngineFixture.await(listing);
            assertThat(entries).extracting(Comparison::path).containsExactly("grown", "written");
            expectEqual(entries, 2);
            assertThat(fixture.differences).isEmpty();
        }
    }

    @Test
    void waitsForAWriteThatCommitsBeforeItLooksAgain() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies fast = new ScriptedCopies("fast");
        ScriptedCopies slow = new ScriptedCopies("slow").hangingBefore(ScriptedCopies.Call.COMMIT, gate);
        try (CopiesFixture fixture = CopiesFixture.of(fast, slow)) {
            Future<?> writing = fixture.asCaller(() -> fixture.write("a", BYTES));
            gate.awaitArrival();
            EngineFixture.until(() -> !fast.memory.paths().isEmpty());
            try (Stream<Comparison> entries = fixture.reader.list("")) {
                Called<List<Comparison>> listing = fixture.callUntilItWaits(1, entries::toList);
                assertThat(fast.statCount).as("waits for the commit").hasValue(0);
                gate.open();
                EngineFixture.await(writing);
                expectEqual(EngineFixture.await(listing.result()), 2);
            }
            assertThat(fixture.differences).isEmpty();
        }
    }

    @Test
    void readsAheadTwoBatchesOfEachTargetAtMost() throws Exception {
        List<Integer> asked = new ArrayList<>();
        ScriptedCopies one = new ScriptedCopies("one");
        for (int i = 0; i < 1500; i++) {
            int number = i;
            one.with("%04d".formatted(i), BYTES);
            one.atEntry(i, () -> {
                synchronized (asked) {
                    asked.add(number);
                }
            });
        }
        try (CopiesFixture fixture = CopiesFixture.of(one)) {
            try (Stream<Comparison> entries = fixture.reader.list("")) {
                Iterator<Comparison> iterator = entries.iterator();
                iterator.next();
                fixture.letPass(Deadlines.defaults().open(), 0); // all that was asked for has come
                synchronized (asked) {
                    assertThat(asked).hasSize(2 * 256);
                }
                assertThat(iterator).toIterable().hasSize(1499);
            }
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closesTheListingsWhenTheStreamIsClosedBeforeItsEnd() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        for (int i = 0; i < 1000; i++) {
            copies[0].with("%04d".formatted(i), BYTES);
            copies[1].with("%04d".formatted(i), BYTES);
        }
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            try (Stream<Comparison> entries = fixture.reader.list("")) {
                assertThat(entries.limit(3)).hasSize(3);
            }
            fixture.assertNothingLeft();
        }
    }

    @Test
    void failsInTheMiddleWithTheTargetThatFails() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        for (ScriptedCopies copy : copies) {
            copy.with("a", BYTES).with("b", BYTES);
        }
        copies[1].atEntry(1, () -> {
            throw new IOException("scripted");
        });
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            assertThatThrownBy(() -> list(fixture, ""))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .hasMessage("The listing could not go on: 't1' failed: scripted")
                    .hasRootCauseMessage("scripted");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void saysAfterWhichPathAListingFails() throws Exception {
        ScriptedCopies one = new ScriptedCopies("one");
        for (int i = 0; i < 300; i++) {
            one.with("%04d".formatted(i), BYTES);
        }
        one.atEntry(280, () -> {
            throw new IOException("scripted");
        });
        try (CopiesFixture fixture = CopiesFixture.of(one);
                Stream<Comparison> entries = fixture.reader.list("")) {
            List<Comparison> seen = new ArrayList<>();
            assertThatThrownBy(() -> entries.forEach(seen::add))
                    .hasMessageContaining("The listing could not go on after '0255': 'one' failed: scripted");
            assertThat(seen).hasSize(256);
        }
    }

    @Test
    void failsWhenATargetDoesNotGoOnWithinItsDeadline() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingAtEntry(0, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            Future<Throwable> listing = fixture.asCaller(() -> catchThrowable(() -> list(fixture, "")));
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().stall(), 1);
            assertThat(EngineFixture.await(listing)).hasMessageContaining("'t1' failed: it did not answer");
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void failsWhenATargetCannotBeAskedAgain() throws Exception {
        ScriptedCopies one = new ScriptedCopies("one").with("a", BYTES);
        ScriptedCopies two = new ScriptedCopies("two").failingBefore(ScriptedCopies.Call.STAT);
        try (CopiesFixture fixture = CopiesFixture.of(one, two)) {
            assertThatThrownBy(() -> list(fixture, ""))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Not all targets could be asked about 'a': 'two' failed: scripted STAT");
            fixture.assertNothingLeft();
        }
    }

    @Test
    void refusesToListATargetThatCannot() throws Exception {
        ScriptedCopies[] copies = CopiesFixture.equal(3, BYTES);
        copies[1].before(ScriptedCopies.Call.LIST, () -> {
            throw new ListingUnsupportedException("t1", "use another kind");
        });
        copies[2].failingBefore(ScriptedCopies.Call.LIST);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            assertThatThrownBy(() -> fixture.reader.list("reports/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Not all targets can list 'reports/': 't1' failed: Target 't1' cannot list"
                            + " its objects: use another kind; 't2' failed: scripted LIST")
                    .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
            fixture.assertNothingLeft();
        }
    }

    @Test
    void closesAListingThatIsOpenedTooLate() throws Exception {
        Gate gate = new Gate();
        ScriptedCopies[] copies = CopiesFixture.equal(2, BYTES);
        copies[1].hangingBefore(ScriptedCopies.Call.LIST, gate);
        try (CopiesFixture fixture = CopiesFixture.of(copies)) {
            Future<Throwable> listing = fixture.asCaller(() -> catchThrowable(() -> fixture.reader.list("")));
            gate.awaitArrival();
            fixture.letPass(Deadlines.defaults().open(), 1);
            assertThat(EngineFixture.await(listing)).hasMessageContaining("'t1' failed: it did not finish within");
            gate.open();
            fixture.assertNothingLeft();
        }
    }

    @Test
    void refusesABadPrefix() throws Exception {
        try (CopiesFixture fixture = CopiesFixture.of(CopiesFixture.equal(1, BYTES))) {
            assertThatThrownBy(() -> fixture.reader.list("../")).isInstanceOf(InvalidTargetPathException.class);
        }
    }
}
