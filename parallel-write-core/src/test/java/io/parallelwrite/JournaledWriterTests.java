package io.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.repair.RepairListener;
import io.parallelwrite.repair.RepairOutcome;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that remembers what it has decided. */
class JournaledWriterTests {

    private static final byte[] BYTES = TwoTargets.bytes("content");

    @TempDir
    Path directory;

    private ParallelResourceWriter writer(Journal journal, RepairListener listener) throws Exception {
        return ParallelResourceWriter.builder()
                .target(disk("a"))
                .target(disk("b"))
                .settings(EngineSettings.defaults().withRule((good, all) -> !good.isEmpty()))
                .journal(journal)
                .repairListener(listener)
                .build();
    }

    private FileTarget disk(String name) throws Exception {
        Path base = Files.createDirectories(directory.resolve(name));
        return new FileTarget(name, base, FileTargetSettings.defaults());
    }

    private Path inTheWay(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name).resolve("p").resolve("in the way"));
    }

    @Test
    void remembersWhatATargetMissedUntilItIsRepairedAfterARestart() throws Exception {
        List<RepairOutcome> told = new ArrayList<>();
        RepairListener listener = new RepairListener() {
            @Override
            public void repaired(RepairOutcome.Settled repaired) {
                told.add(repaired);
            }
        };
        Path obstacle = inTheWay("b");
        try (Journal journal = FileJournal.open(directory.resolve("journal"));
                ParallelResourceWriter writer = writer(journal, listener)) {
            assertThat(writer.write("p", BYTES).status()).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            assertThat(journal.entries()).hasSize(1);
        }
        Files.delete(obstacle);
        Files.delete(directory.resolve("b").resolve("p"));
        try (Journal journal = FileJournal.open(directory.resolve("journal"));
                ParallelResourceWriter writer = writer(journal, listener)) {
            BackgroundRepairer background =
                    new BackgroundRepairer(writer.repairer().orElseThrow());
            background.start();
            assertThat(background.awaitRecovery(Duration.ofMinutes(1))).isTrue();
            assertThat(journal.entries()).isEmpty();
            assertThat(directory.resolve("b").resolve("p")).hasBinaryContent(BYTES);
            assertThat(told).hasSize(1);
            assertThat(background.stop(Duration.ofMinutes(1))).isTrue();
        }
    }

    @Test
    void failsAWriteThatTheJournalCannotRemember() throws Exception {
        Journal journal = new MemoryJournal();
        try (ParallelResourceWriter writer = writer(journal, new RepairListener() {})) {
            journal.close();
            assertThatThrownBy(() -> writer.write("p", BYTES))
                    .isInstanceOf(ParallelWriteException.class)
                    .hasMessageContaining("The journal in memory is closed");
            assertThat(directory.resolve("a").resolve("p")).doesNotExist();
        }
    }

    @Test
    void leavesTheJournalOpen() throws Exception {
        try (Journal journal = new MemoryJournal()) {
            writer(journal, new RepairListener() {}).close();
            journal.remove("none");
            assertThat(journal.entries()).isEmpty();
        }
    }

    @Test
    void hasNoRepairerWithoutAJournal() throws Exception {
        try (TwoTargets targets = new TwoTargets()) {
            assertThat(targets.writer.repairer()).isEmpty();
        }
    }
}
