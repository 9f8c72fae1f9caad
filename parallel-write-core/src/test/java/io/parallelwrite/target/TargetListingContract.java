package io.parallelwrite.target;

import static io.parallelwrite.target.ListingPaths.IN_ORDER;
import static io.parallelwrite.target.ListingPaths.POSITIONS;
import static io.parallelwrite.target.ListingPaths.PREFIXES;
import static io.parallelwrite.target.ListingPaths.after;
import static io.parallelwrite.target.ListingPaths.randomPath;
import static io.parallelwrite.target.ListingPaths.startingWith;
import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of {@link TargetContract} about listing: the order, prefixes, positions, and what is passed over. */
public abstract class TargetListingContract extends TargetStagingContract {

    private static final String LAST_OF_ONE_UNIT = "a/\ufffd";
    private static final String TWO_UNITS = "a/\ud83d\ude00";

    @Test
    void saysThatItCannotList() {
        assumeFalse(listSupported(), "can list");
        assertThatThrownBy(() -> target.list(TargetPrefix.ALL, null))
                .isInstanceOf(ListingUnsupportedException.class)
                .hasMessageStartingWith("Target '" + target.name() + "' cannot list its objects: ");
    }

    @Test
    void listsNothingWhereNothingIs() throws Exception {
        assumeListing();
        assertListed("", null, List.of());
        assertListed("missing/in/depth/", null, List.of());
        assertListed("", "a", List.of());
    }

    @Test
    void listsEverythingInTheOrderOfItsBytes() throws Exception {
        put(IN_ORDER);
        assertListed("", null, IN_ORDER);
    }

    @Test
    void listsACharacterBeyondTheFirstPlaneAfterAllOfTheFirstOrFails() throws Exception {
        put(List.of(TWO_UNITS, LAST_OF_ONE_UNIT, "a/0", "a/x/0"));
        if (listsByBytes()) {
            assertListed("", null, List.of("a/0", "a/x/0", LAST_OF_ONE_UNIT, TWO_UNITS));
        } else {
            assertThatThrownBy(() -> driver.list("", null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not the order of their bytes");
        }
        assertListed(TWO_UNITS, null, List.of(TWO_UNITS));
    }

    @Test
    void listsEveryNameAsItWasWritten() throws Exception {
        put(TargetLookupContract.LOOK_ALIKES);
        assertThat(driver.list("", null)).containsExactlyInAnyOrderElementsOf(TargetLookupContract.LOOK_ALIKES);
    }

    @Test
    void listsWhatAPrefixMatches() throws Exception {
        put(IN_ORDER);
        for (String prefix : PREFIXES) {
            assertListed(prefix, null, startingWith(prefix, IN_ORDER));
        }
    }

    @Test
    void beginsAfterAPositionWhetherOrNotThereIsAnObject() throws Exception {
        put(IN_ORDER);
        for (String after : POSITIONS) {
            assertListed("", after, after(after, IN_ORDER));
            assertListed("a/b", after, after(after, startingWith("a/b", IN_ORDER)));
            assertListed("reports/2026-", after, after(after, startingWith("reports/2026-", IN_ORDER)));
        }
    }

    @Test
    void goesOnFromEveryObject() throws Exception {
        put(IN_ORDER);
        for (int i = 0; i < IN_ORDER.size(); i++) {
            assertListed("", IN_ORDER.get(i), IN_ORDER.subList(i + 1, IN_ORDER.size()));
        }
    }

    @Test
    void agreesWithASortedSetOnAnyTreePrefixAndPosition() throws Exception {
        long seed = 20_260_301;
        Random random = new Random(seed);
        Set<TargetPath> paths = new TreeSet<>();
        for (int i = 0; i < 120; i++) {
            paths.add(randomPath(random));
        }
        List<String> all = paths.stream().map(TargetPath::value).toList();
        put(all);
        for (int i = 0; i < 150; i++) {
            String text = randomPath(random).value();
            String prefix = text.substring(0, random.nextInt(text.length() + 1));
            String after = random.nextInt(3) == 0 ? null : randomPath(random).value();
            List<String> expected = startingWith(prefix, after == null ? all : after(after, all));
            assertThat(driver.list(prefix, after))
                    .as("seed %d: prefix '%s' after '%s'", seed, prefix, after)
                    .isEqualTo(expected);
        }
    }

    @Test
    void describesWhatItLists() throws Exception {
        put(List.of());
        driver.put("a/empty", bytes(0));
        driver.put("a/full", bytes(12_345));
        try (TargetListing listing = target.list(TargetPrefix.of("a/"), null)) {
            assertDescribed(listing.next(), "a/empty", 0);
            assertDescribed(listing.next(), "a/full", 12_345);
            assertThat(listing.next()).isNull();
            assertThat(listing.next()).as("stays at its end").isNull();
        }
    }

    private void assertDescribed(@Nullable ListedObject listed, String path, long size) throws IOException {
        assertThat(listed).isNotNull();
        assertThat(listed.path()).isEqualTo(TargetPath.of(path));
        StoredObject found = target.stat(listed.path()).orElseThrow();
        assertThat(listed.stored().size()).isEqualTo(found.size()).isIn(size, -1L);
        if (listed.stored().lastModified() != null && found.lastModified() != null) {
            assertThat(listed.stored().lastModified())
                    .isBetween(
                            found.lastModified().minusSeconds(1),
                            found.lastModified().plusSeconds(1));
        }
    }

    @Test
    void leavesOutWhatIsStaged() throws Exception {
        assumeTrue(staged(), "not staged");
        put(List.of("a/old"));
        DrivenWrite open = driver.open("a/new").write(bytes(1_000));
        DrivenWrite prepared = driver.open("b/new").write(bytes(1_000)).prepare();
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            assertThat(rest(listing)).containsExactly("a/old");
            assertThat(listing.skippedCount()).as("staged writes do not count").isZero();
        }
        open.abort();
        prepared.commit();
        assertListed("", null, List.of("a/old", "b/new"));
    }

    @Test
    void passesOverAndCountsNamesThatNoPathCanHave() throws Exception {
        put(List.of("a/b", "a/d/e", "b"));
        for (String foreign : List.of("a/B.", "a/cafe\u0301", "a0:", "b0 ")) {
            assumeTrue(putForeign(target, foreign), "nothing foreign can be there");
        }
        assertPassedOver("", null, 4);
        assertPassedOver("a", null, 3);
        assertPassedOver("a/", null, 2);
        assertPassedOver("a/c", null, 1);
        assertPassedOver("", "a/b", 3);
        assertPassedOver("", "a/cz", 2);
        assertPassedOver("", "b", 1);
        assertPassedOver("", "c", 0);
    }

    private void assertPassedOver(String prefix, @Nullable String after, int count) throws IOException {
        try (TargetListing listing =
                target.list(TargetPrefix.of(prefix), after == null ? null : TargetPath.of(after))) {
            assertThat(listing.skippedCount()).as("so far").isZero();
            List<String> expected = startingWith(prefix, List.of("a/b", "a/d/e", "b"));
            assertThat(rest(listing)).isEqualTo(after == null ? expected : after(after, expected));
            assertThat(listing.skippedCount())
                    .as("prefix '%s' after '%s'", prefix, after)
                    .isEqualTo(count);
        }
    }

    @Test
    void countsWhatIsPassedOverOnceWhenItIsGoneOnWith() throws Exception {
        put(IN_ORDER);
        List<String> foreign =
                List.of("A\u030a", "a/b:", "a/b/d/e/f.", "reports/2026-01/aux", "reports/2026-01/z.", "z ");
        for (String name : foreign) {
            assumeTrue(putForeign(target, name), "nothing foreign can be there");
        }
        long skippedCount = 0;
        String after = null;
        for (String path : IN_ORDER) {
            try (TargetListing listing = target.list(TargetPrefix.ALL, after == null ? null : TargetPath.of(after))) {
                assertThat(listing.next())
                        .extracting(object -> object.path().value())
                        .isEqualTo(path);
                skippedCount += listing.skippedCount();
                after = path;
            }
        }
        assertThat(skippedCount).as("all come before the last object").isEqualTo(foreign.size());
    }

    @Test
    void isClosedAnywhereAndTellsNothingAfterwards() throws Exception {
        put(IN_ORDER);
        TargetListing listing = target.list(TargetPrefix.ALL, null);
        assertThat(listing.next()).isNotNull();
        listing.close();
        listing.close();
        assertThatThrownBy(listing::next).isInstanceOf(IOException.class).hasMessageContaining("closed");
        target.list(TargetPrefix.ALL, null).close();
    }

    @Test
    void doesNotFailWhenObjectsAreDeletedMeanwhile() throws Exception {
        assumeTrue(deleteSupported(), "cannot delete");
        put(IN_ORDER);
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            List<String> listed = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                listed.add(listing.next().path().value());
            }
            List<String> deleted = IN_ORDER.subList(6, 18);
            for (String path : deleted) {
                driver.delete(path);
            }
            listed.addAll(rest(listing));
            assertThat(listed)
                    .isSubsetOf(IN_ORDER)
                    .doesNotHaveDuplicates()
                    .containsAll(IN_ORDER.stream()
                            .filter(path -> !deleted.contains(path))
                            .toList());
        }
    }

    @Test
    void doesNotFailWhenObjectsAreWrittenMeanwhile() throws Exception {
        put(IN_ORDER);
        try (TargetListing listing = target.list(TargetPrefix.ALL, null)) {
            assertThat(listing.next().path().value()).isEqualTo(IN_ORDER.get(0));
            driver.put("a/b/c", bytes(99));
            driver.put("a/b/new/object", bytes(1));
            assertThat(rest(listing))
                    .containsAll(IN_ORDER.subList(1, IN_ORDER.size()))
                    .doesNotHaveDuplicates();
        }
    }

    private void assumeListing() {
        assumeTrue(listSupported(), "cannot list");
    }

    private void put(List<String> paths) throws IOException {
        assumeListing();
        for (String path : paths) {
            driver.put(path, path.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void assertListed(String prefix, @Nullable String after, List<String> expected) throws IOException {
        assertThat(driver.list(prefix, after))
                .as("prefix '%s' after '%s'", prefix, after)
                .isEqualTo(expected);
    }
}
