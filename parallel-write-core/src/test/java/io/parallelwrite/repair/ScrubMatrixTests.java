package io.parallelwrite.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.ScriptedCopies;
import io.parallelwrite.compare.ScriptedCopies.Call;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.repair.RepairedPath.Verdict;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.target.TargetPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of what two or three targets can hold: its signs, and what a repair does about it. */
class ScrubMatrixTests {

    private static final byte[] RIGHT = EngineFixture.bytes(40, 91);

    /** What a target holds, and whether it answers. */
    private enum Holds {
        NOTHING(null),
        SAME(RIGHT),
        SHORTER(ScriptedCopies.cut(RIGHT, 39)),
        FLIPPED(ScriptedCopies.flipped(RIGHT, 7)),
        UNREADABLE(RIGHT);

        private final byte @Nullable [] bytes;

        Holds(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        boolean isCopy() {
            return this != NOTHING && this != UNREADABLE;
        }
    }

    /** How targets keep checksums, and where one that cannot be asked fails. */
    enum Targets {
        KEEPING_CHECKSUMS(true),
        KEEPING_NONE(false);

        private final boolean keep;

        Targets(boolean keep) {
            this.keep = keep;
        }

        ScriptedCopies[] make(int count) {
            ScriptedCopies[] targets = new ScriptedCopies[count];
            Arrays.setAll(targets, i -> keep ? new ScriptedCopies("t" + i) : new ScriptedCopies("t" + i).keeping(null));
            return targets;
        }
    }

    private static List<List<Holds>> combinations(int length) {
        List<List<Holds>> all = List.of(List.of());
        for (int i = 0; i < length; i++) {
            all = all.stream()
                    .flatMap(shorter -> Arrays.stream(Holds.values())
                            .map(one -> Stream.concat(shorter.stream(), Stream.of(one))
                                    .toList()))
                    .toList();
        }
        return all;
    }

    private static void setUp(RepairFixture fixture, String path, List<Holds> holds, Call failing) {
        for (int i = 0; i < holds.size(); i++) {
            ScriptedCopies target = fixture.targets.get(i).well();
            byte[] bytes = holds.get(i).bytes;
            if (bytes != null) {
                target.with(path, bytes);
            }
            if (holds.get(i) == Holds.UNREADABLE) {
                target.failingBefore(failing);
            }
        }
    }

    /** What is told apart: without checksums, by the size alone. */
    private static List<Object> kinds(List<Holds> holds, boolean bySizeOnly) {
        return holds.stream()
                .map(held -> (Object) (bySizeOnly && held == Holds.FLIPPED ? Holds.SAME : held))
                .toList();
    }

    private static @Nullable Object majority(List<Object> kinds) {
        return kinds.stream()
                .filter(kind -> ((Holds) kind).isCopy() && Collections.frequency(kinds, kind) * 2 > kinds.size())
                .findFirst()
                .orElse(null);
    }

    private static String expectedSigns(List<Object> kinds) {
        Object right = majority(kinds);
        long different = kinds.stream()
                .filter(kind -> ((Holds) kind).isCopy())
                .distinct()
                .count();
        return kinds.stream()
                .map(kind -> kind == Holds.UNREADABLE
                        ? "!"
                        : kind == Holds.NOTHING
                                ? "-"
                                : right != null ? (kind == right ? "=" : "*") : different <= 1 ? "=" : "*")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({
        "2, QUICK, KEEPING_CHECKSUMS, STAT",
        "2, QUICK, KEEPING_NONE, STAT",
        "2, FULL, KEEPING_CHECKSUMS, STAT",
        "2, FULL, KEEPING_NONE, READ",
        "3, QUICK, KEEPING_CHECKSUMS, STAT",
        "3, QUICK, KEEPING_NONE, STAT",
        "3, FULL, KEEPING_CHECKSUMS, READ",
        "3, FULL, KEEPING_NONE, STAT"
    })
    void givesEveryTargetItsSign(int count, VerifyDepth depth, Targets targets, Call failing) throws Exception {
        boolean bySizeOnly = depth == VerifyDepth.QUICK && !targets.keep;
        try (RepairFixture fixture = RepairFixture.of(targets.make(count))) {
            int number = 0;
            for (List<Holds> holds : combinations(count)) {
                String path = "p" + number++;
                setUp(fixture, path, holds, failing);
                VerifiedPath verified = fixture.scrubber.verify(path, depth);
                assertThat(verified.signs()).as("%s", holds).isEqualTo(expectedSigns(kinds(holds, bySizeOnly)));
                assertThat(verified.copies()).extracting(VerifiedCopy::target).isEqualTo(names(count));
                boolean proven = majority(kinds(holds, bySizeOnly)) != null;
                assertThat(verified.proof()).isEqualTo(proven ? VerifiedPath.Proof.MAJORITY : VerifiedPath.Proof.NONE);
            }
        }
    }

    private static List<String> names(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> "t" + i).toList();
    }

    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "3, true", "3, false"})
    void goesByTheJournalBeforeAllElse(int count, boolean deleted) throws Exception {
        try (RepairFixture fixture = RepairFixture.of(Targets.KEEPING_CHECKSUMS.make(count))) {
            int number = 0;
            for (List<Holds> holds : combinations(count)) {
                String path = "p" + number++;
                setUp(fixture, path, holds, Call.STAT);
                fixture.left(path, path, deleted ? null : RIGHT, RepairFixture.States.of(count, State.IN_DOUBT));
                VerifiedPath verified = fixture.scrubber.verify(path, VerifyDepth.FULL);
                assertThat(verified.signs()).as("%s", holds).isEqualTo(signsByJournal(holds, deleted));
                assertThat(verified.proof()).isEqualTo(VerifiedPath.Proof.JOURNAL);
            }
        }
    }

    private static String signsByJournal(List<Holds> holds, boolean deleted) {
        return holds.stream()
                .map(held -> switch (held) {
                    case NOTHING -> deleted ? "=" : "-";
                    case SAME -> deleted ? "+" : "=";
                    case SHORTER, FLIPPED -> deleted ? "+" : "*";
                    case UNREADABLE -> "!";
                })
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({"2, QUICK", "2, FULL", "3, QUICK", "3, FULL"})
    void reportsInAScrubWhatVerifyingEachPathFinds(int count, VerifyDepth depth) throws Exception {
        try (RepairFixture fixture = RepairFixture.of(Targets.KEEPING_CHECKSUMS.make(count))) {
            Map<String, String> expected = new TreeMap<>();
            Map<String, String> found = new LinkedHashMap<>();
            int number = 0;
            for (List<Holds> holds : combinations(count)) {
                if (!holds.contains(Holds.UNREADABLE)) {
                    String path = "p" + number++;
                    setUp(fixture, path, holds, Call.STAT);
                    expected.put(path, expectedSigns(kinds(holds, false)));
                }
            }
            expected.values().removeIf(signs -> signs.equals("=".repeat(count)) || signs.equals("-".repeat(count)));
            ScrubSettings settings = ScrubSettings.defaults().withDepth(depth);
            ScrubResult result = fixture.scrubber
                    .scrub(ScrubPosition.start("p"), settings, new ScrubListener() {
                        @Override
                        public void found(VerifiedPath path) {
                            found.put(path.path(), path.signs());
                        }
                    })
                    .run();
            assertThat(found).isEqualTo(expected);
            assertThat(List.copyOf(found.keySet())).isEqualTo(List.copyOf(expected.keySet()));
            assertThat(result.end()).isEqualTo(ScrubResult.End.COMPLETE);
            assertThat(result.counts().unequalPaths()).isEqualTo(expected.size());
            assertThat(result.counts().copies(CopySign.MISSING))
                    .isEqualTo(String.join("", expected.values())
                            .chars()
                            .filter(c -> c == '-')
                            .count());
        }
    }

    private static List<byte @Nullable []> contents(RepairFixture fixture, String path) {
        List<byte @Nullable []> contents = new ArrayList<>();
        fixture.targets.forEach(target -> contents.add(RepairFixture.bytes(target, path)));
        return contents;
    }

    /** What every target that answers holds afterwards; {@code null} if all is to stay as it is. */
    private static @Nullable Holds expectedRepair(List<Holds> holds, RepairOptions options) {
        if (options.source() != null) {
            Holds source = holds.get(0);
            boolean extra = source == Holds.NOTHING && holds.stream().anyMatch(Holds::isCopy);
            return source.isCopy() || (extra && options.deleteExtra()) ? source : null;
        }
        Holds right = (Holds) majority(List.copyOf(holds));
        if (right != null) {
            return right;
        }
        List<Holds> copies = holds.stream().filter(Holds::isCopy).distinct().toList();
        boolean fills = options.fillMissing() && copies.size() == 1 && !holds.contains(Holds.UNREADABLE);
        return fills ? copies.get(0) : null;
    }

    @ParameterizedTest
    @CsvSource({
        "2, false, false, false",
        "2, true, false, false",
        "2, false, true, false",
        "2, false, true, true",
        "3, false, false, false",
        "3, true, false, false",
        "3, false, true, false",
        "3, false, true, true"
    })
    void repairsWhatIsProvenOrAllowedAndNothingElse(int count, boolean fill, boolean choose, boolean deleteExtra)
            throws Exception {
        RepairOptions options = new RepairOptions(false, fill, choose ? "t0" : null, deleteExtra);
        for (Targets targets : Targets.values()) {
            try (RepairFixture fixture = RepairFixture.of(targets.make(count))) {
                fixture.targets.get(0).with("other", RIGHT); // an empty source proves nothing
                int number = 0;
                for (List<Holds> holds : combinations(count)) {
                    String path = "p" + number++;
                    setUp(fixture, path, holds, Call.STAT);
                    List<byte @Nullable []> before = contents(fixture, path);
                    RepairedPath planned = fixture.scrubber.repair(path, options.withDryRun(true));
                    assertThat(contents(fixture, path))
                            .as("dry run of %s", holds)
                            .usingElementComparator(Arrays::compare)
                            .isEqualTo(before);
                    RepairedPath repaired = fixture.scrubber.repair(path, options);
                    assertThat(repaired.verdict()).as("%s", holds).isEqualTo(planned.verdict());
                    assertRepaired(holds, expectedRepair(holds, options), before, contents(fixture, path));
                    assertVerdict(holds, expectedRepair(holds, options), repaired);
                    assertThat(fixture.scrubber.repair(path, options).verdict())
                            .as("a second time, of %s: %s", holds, repaired)
                            .isEqualTo(
                                    repaired.verdict() == Verdict.REPAIRED
                                            ? deletedAll(holds, options) ? Verdict.REFUSED : Verdict.EQUAL
                                            : repaired.verdict());
                }
            }
        }
    }

    private static boolean deletedAll(List<Holds> holds, RepairOptions options) {
        return options.deleteExtra() && holds.get(0) == Holds.NOTHING;
    }

    private static void assertRepaired(
            List<Holds> holds,
            @Nullable Holds expected,
            List<byte @Nullable []> before,
            List<byte @Nullable []> after) {
        for (int i = 0; i < holds.size(); i++) {
            boolean stays = expected == null || holds.get(i) == Holds.UNREADABLE;
            byte[] bytes = stays ? before.get(i) : Objects.requireNonNull(expected).bytes;
            assertThat(after.get(i)).as("target %s of %s", i, holds).isEqualTo(bytes);
        }
    }

    private static void assertVerdict(List<Holds> holds, @Nullable Holds expected, RepairedPath repaired) {
        if (expected != null) {
            boolean equal = holds.stream().allMatch(held -> held == expected);
            Verdict done = equal ? Verdict.EQUAL : Verdict.REPAIRED;
            assertThat(repaired.verdict())
                    .as("%s: %s", holds, repaired)
                    .isEqualTo(holds.contains(Holds.UNREADABLE) ? Verdict.WAITING : done);
        } else {
            assertThat(repaired.verdict()).as("%s: %s", holds, repaired).isIn(Verdict.REFUSED, Verdict.WAITING);
            assertThat(repaired.targets()).allMatch(target -> target.action() == TargetRepair.Action.NONE);
        }
        assertThat(repaired.path()).isEqualTo(TargetPath.of(repaired.path()).value());
    }
}
