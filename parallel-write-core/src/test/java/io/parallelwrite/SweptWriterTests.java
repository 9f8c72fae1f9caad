package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.repair.BackgroundSweeper;
import io.parallelwrite.stream.EngineFixture;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a writer that is killed leaves, and the next one with its journal removes. */
@Timeout(120)
class SweptWriterTests {

    @TempDir
    private Path directory;

    private ParallelResourceWriter writer(Journal journal) throws IOException {
        return ParallelResourceWriter.builder()
                .target(new FileTarget("a", directory.resolve("a"), FileTargetSettings.defaults()))
                .target(new FileTarget("b", directory.resolve("b"), FileTargetSettings.defaults()))
                .journal(journal)
                .settings(EngineSettings.defaults().withShutdown(Duration.ZERO))
                .build();
    }

    private List<Path> stagedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".pw-"))
                    .toList();
        }
    }

    /** Copies what a journal has on the disk: all that outlives a kill of its owner now. */
    private Path journalOfADeadOwner(Path journal) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        try (Stream<Path> files = Files.list(journal)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    @Test
    void removesWhatAKilledProcessWasWritingAndNothingOfOneThatLives() throws Exception {
        try (Journal dying = FileJournal.open(directory.resolve("journal-1"));
                Journal living = FileJournal.open(directory.resolve("journal-2"));
                ParallelResourceWriter killed = writer(dying);
                ParallelResourceWriter alive = writer(living);
                ParallelOutputStream goesOn = alive.open("x/shared.bin")) {
            killed.write("x/done.bin", TwoTargets.randomBytes(1_000));
            goesOn.write(TwoTargets.randomBytes(100_000));
            for (int i = 0; i < 20; i++) {
                killed.open("x/" + i + ".bin").write(TwoTargets.randomBytes(50_000));
            }
            assertThat(stagedFiles()).hasSize(42);

            try (Journal found = FileJournal.open(journalOfADeadOwner(directory.resolve("journal-1")));
                    ParallelResourceWriter next = writer(found)) {
                BackgroundSweeper sweeper = new BackgroundSweeper(next.sweeper().orElseThrow());
                sweeper.start();
                EngineFixture.until(() -> !hasLeftOvers(next));
                assertThat(stagedFiles()).hasSize(2);
                goesOn.commit();
                assertThat(stagedFiles()).isEmpty();
                assertThat(sweeper.stop(Duration.ofMinutes(1))).isTrue();
                assertThat(directory.resolve("a/x/shared.bin")).hasBinaryContent(TwoTargets.randomBytes(100_000));
                assertThat(directory.resolve("b/x/done.bin")).hasBinaryContent(TwoTargets.randomBytes(1_000));
            }
        }
    }

    private static boolean hasLeftOvers(ParallelResourceWriter writer) {
        return writer.sweeper().orElseThrow().sweepNoted("a").discarded()
                        + writer.sweeper().orElseThrow().sweepNoted("b").discarded()
                > 0;
    }

    @Test
    void knowsAfterAKillThatAWriteWasUnderWayWhereNothingIsStaged() throws Exception {
        Gate hang = new Gate();
        ScriptedTarget local = new ScriptedTarget("local");
        ScriptedTarget plain = new ScriptedTarget("plain").unstaged();
        Path journal = directory.resolve("journal");
        try (Journal dying = FileJournal.open(journal);
                ParallelResourceWriter killed = ParallelResourceWriter.builder()
                        .target(local)
                        .target(plain)
                        .journal(dying)
                        .build()) {
            killed.write("before", TwoTargets.bytes("ended"));
            plain.at(Phase.PREPARE, hang::pass);
            Path[] found = new Path[1];
            Thread caller = new Thread(() -> {
                try {
                    killed.write("reports/a.csv", TwoTargets.bytes("half of it"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            caller.start();
            EngineFixture.until(
                    () -> plain.calls().stream().filter(Phase.PREPARE::equals).count() == 2);
            found[0] = journalOfADeadOwner(journal);
            hang.open();
            caller.join();

            try (Journal next = FileJournal.open(found[0]);
                    ParallelResourceWriter writer = ParallelResourceWriter.builder()
                            .target(new ScriptedTarget("local"))
                            .target(new ScriptedTarget("plain").unstaged())
                            .journal(next)
                            .build()) {
                assertThat(next.entries()).singleElement().satisfies(entry -> {
                    assertThat(entry.path().value()).isEqualTo("reports/a.csv");
                    assertThat(entry.digest()).isNull();
                    assertThat(entry.members()).hasSize(2);
                });
                assertThat(writer.repairer()
                                .orElseThrow()
                                .repair("reports/a.csv", true)
                                .reason())
                        .isNotEmpty();
            }
            try (Journal clean = FileJournal.open(journalOfADeadOwner(journal))) {
                assertThat(clean.entries()).extracting(JournalEntry::path).isEmpty();
            }
        }
    }
}
