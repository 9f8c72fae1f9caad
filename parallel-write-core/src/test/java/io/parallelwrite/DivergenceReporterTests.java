package io.parallelwrite;

import static io.parallelwrite.outcome.Operation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.compare.Comparison;
import io.parallelwrite.compare.CopyAnswer;
import io.parallelwrite.divergence.CopyDivergence;
import io.parallelwrite.divergence.Divergence;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.WriteDivergence;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStart;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.repair.RepairedPath;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.StoredObject;
import io.parallelwrite.target.Strength;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Divergences found by looking at the copies; {@link ListenerTests} has those that writes leave behind. */
class DivergenceReporterTests {

    private final List<Divergence> heard = new ArrayList<>();
    private final DivergenceReporter reporter = new DivergenceReporter(List.of(heard::add));

    @Test
    void tellsOfCopiesThatDiffer() {
        Comparison.Different difference = different(List.of(), held("local"), new CopyAnswer.Missing("s3"));

        reporter.differed(difference);

        assertThat(heard).containsExactly(new CopyDivergence(difference));
        assertThat(heard.get(0).path()).isEqualTo("a");
    }

    @Test
    void namesTheMinority() {
        assertThat(new CopyDivergence(different(List.of("b"), held("a"), held("b"), held("c"))).targets())
                .containsExactly("b");
    }

    @Test
    void withoutAMajorityNamesAllThatAnswered() {
        CopyAnswer away = new CopyAnswer.Unavailable("c", new IOException("away"));

        assertThat(new CopyDivergence(different(List.of(), held("a"), new CopyAnswer.Missing("b"), away)).targets())
                .containsExactly("a", "b");
    }

    @Test
    void goesOnWhenAListenerThrows() {
        DivergenceReporter both = new DivergenceReporter(List.of(
                divergence -> {
                    throw new IllegalStateException("not my day");
                },
                heard::add));

        both.differed(different(List.of(), held("a"), new CopyAnswer.Missing("b")));

        assertThat(heard).hasSize(1);
    }

    @Test
    void tellsOnceHoweverOftenTheSameDifferenceIsFound() {
        for (int read = 0; read < 1_000; read++) {
            reporter.differed(different(List.of(), held("local"), new CopyAnswer.Missing("s3")));
        }

        assertThat(heard).hasSize(1);
    }

    @Test
    void takesWhatIsFoundByBetterEvidenceForTheSame() {
        reporter.differed(different(List.of(), held("local", -1, null), held("s3", -1, null))); // reading in step
        reporter.differed(different(List.of(), held("local", 3, null), held("s3", 3, null)));
        reporter.differed(different(List.of(), held("local", 3, "00000001"), held("s3", 3, "00000002")));
        reporter.differed(different(List.of(), held("local", 3, null), unavailable("s3")));

        assertThat(heard).hasSize(1);
    }

    @Test
    void tellsOfACopyThatHasChangedSince() {
        reporter.differed(different(List.of(), held("local", 3, "00000001"), held("s3", 3, "00000002")));
        reporter.differed(different(List.of(), held("local", 3, "00000003"), held("s3", 3, "00000002")));
        reporter.differed(different(List.of(), held("local", 4, null), held("s3", 3, null)));
        reporter.differed(different(List.of(), new CopyAnswer.Missing("local"), held("s3", 3, null)));

        assertThat(heard).hasSize(4);
    }

    @Test
    void tellsAgainOfAPathThatWasWrittenOrDeletedRepairedOrFoundEqualMeanwhile() {
        Comparison.Different difference = different(List.of(), held("local"), new CopyAnswer.Missing("s3"));
        List<Runnable> endings = List.of(
                () -> finished(WRITE, WriteStatus.COMMITTED, "x"),
                () -> finished(Operation.DELETE, WriteStatus.COMMITTED, "x"),
                () -> finished(Operation.REPAIR, WriteStatus.COMMITTED, "x"),
                () -> reporter.repaired(new RepairOutcome.Settled(entry(), List.of(), "is equal")),
                () -> reporter.copied(new RepairedPath("a", RepairedPath.Verdict.REPAIRED, List.of(), "is equal")),
                () -> reporter.rolledBack(new RepairOutcome.RolledBack(entry(), List.of(), "is forgotten")),
                () -> reporter.agreed(new Comparison.Absent("a", List.of())));
        reporter.differed(difference);

        for (Runnable ending : endings) {
            ending.run();
            reporter.differed(difference);
        }

        assertThat(heard).hasSize(1 + endings.size());
    }

    @Test
    void takesEqualSizesForAnEndOnlyIfTheyShowIt() {
        Comparison.Different content = different(List.of(), held("local", 3, "00000001"), held("s3", 3, "00000002"));
        Comparison.Equal sizes =
                new Comparison.Equal("a", List.of(held("local", 3, null), held("s3", 3, null)), Strength.SIZE_ONLY);
        reporter.differed(content);
        reporter.agreed(sizes); // a pass by listings alone
        reporter.differed(content);
        assertThat(heard).hasSize(1);

        Comparison.Different missing = different(List.of(), held("local", 3, null), new CopyAnswer.Missing("s3"));
        reporter.differed(missing);
        reporter.agreed(sizes);
        reporter.differed(missing);
        assertThat(heard).hasSize(3);
    }

    @Test
    void doesNotTellAgainAfterAWriteThatChangedNothing() {
        Comparison.Different difference = different(List.of(), held("local"), new CopyAnswer.Missing("s3"));
        reporter.differed(difference);
        finished(WRITE, WriteStatus.FAILED, "x", "s3");
        reporter.differed(difference);

        assertThat(heard).hasSize(1);
    }

    @Test
    void takesWhatAWriteMissedForWhatAReadFindsMissing() {
        finished(WRITE, WriteStatus.COMMITTED_DEGRADED, "content", "s3");
        reporter.differed(different(List.of(), held("local", 7, null), new CopyAnswer.Missing("s3")));

        assertThat(heard).singleElement().isInstanceOf(WriteDivergence.class);
    }

    @Test
    void takesAWriteThatIsTriedAgainForTheSame() {
        finished(WRITE, WriteStatus.COMMITTED_DEGRADED, "content", "s3");
        finished(WRITE, WriteStatus.COMMITTED_DEGRADED, "content", "s3");
        assertThat(heard).hasSize(1);

        finished(WRITE, WriteStatus.COMMITTED_DEGRADED, "another", "s3");
        finished(WRITE, WriteStatus.COMMITTED_DEGRADED, "another", "local");
        finished(Operation.DELETE, WriteStatus.COMMITTED_DEGRADED, "", "local");
        assertThat(heard).hasSize(4);
    }

    @Test
    void keepsALimitedNumberOfPathsInMind() {
        ToldDivergences told = new ToldDivergences();
        for (int i = 0; i <= ToldDivergences.MAX_PATHS; i++) {
            assertThat(told.isNew(differentAt("p" + i))).isTrue();
        }

        assertThat(told.size()).isEqualTo(ToldDivergences.MAX_PATHS);
        assertThat(told.isNew(differentAt("p" + ToldDivergences.MAX_PATHS))).isFalse();
        assertThat(told.isNew(differentAt("p0"))).as("not met for longest").isTrue();
    }

    private static Comparison.Different differentAt(String path) {
        return new Comparison.Different(
                path, List.of(held("local"), new CopyAnswer.Missing("s3")), OptionalLong.empty(), List.of(), "differ");
    }

    private void finished(Operation operation, WriteStatus status, String content, String... missed) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Checksum checksum = new Checksum(ChecksumAlgorithm.CRC32C, String.format("%08x", content.hashCode()));
        List<TargetOutcome> outcomes = Stream.of("local", "s3")
                .map(target -> List.of(missed).contains(target)
                        ? new TargetOutcome.Failed(
                                target, "memory", Duration.ZERO, Phase.OPEN, 0, new IOException("away"), null)
                        : (TargetOutcome) new TargetOutcome.Committed(target, "memory", Duration.ZERO, Receipt.UNKNOWN))
                .toList();
        reporter.finished(
                new WriteStart("id", operation, "a", List.of()),
                new WriteResult("id", operation, "a", status, bytes.length, checksum, Duration.ZERO, outcomes));
    }

    private static JournalEntry entry() {
        return JournalEntry.decision(
                new WriteStart("id", WRITE, "a", List.of(new WriteStart.Participant("local", "memory"))),
                null,
                ContentAttributes.NONE,
                Instant.EPOCH);
    }

    private static CopyAnswer unavailable(String target) {
        return new CopyAnswer.Unavailable(target, new IOException("away"));
    }

    private static CopyAnswer held(String target, long size, @Nullable String crc32c) {
        Checksum checksum = crc32c == null ? null : new Checksum(ChecksumAlgorithm.CRC32C, crc32c);
        return new CopyAnswer.Held(target, new StoredObject(size, null, null, null), checksum);
    }

    private static Comparison.Different different(List<String> minority, CopyAnswer... answers) {
        return new Comparison.Different(
                "a", List.of(answers), OptionalLong.of(7), minority, "'local' says\nWARN all is well");
    }

    private static CopyAnswer held(String target) {
        return new CopyAnswer.Held(target, new StoredObject(3, null, null, null), null);
    }
}
