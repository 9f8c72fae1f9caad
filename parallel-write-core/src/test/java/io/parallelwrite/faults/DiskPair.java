package io.parallelwrite.faults;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.ParallelResourceWriterBuilder;
import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.outcome.AcknowledgementRule;
import io.parallelwrite.repair.RepairSettings;
import io.parallelwrite.repair.Repairer;
import io.parallelwrite.repair.SweepSettings;
import io.parallelwrite.repair.Sweeper;
import io.parallelwrite.stream.EngineSettings;
import io.parallelwrite.target.FileTarget;
import io.parallelwrite.target.FileTargetSettings;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two directories that are targets, and a journal, below one root: what a process leaves there, and what the next one makes
 * of it.
 *
 * @param root holds the three directories
 */
record DiskPair(Path root) {

    static final String PATH = "p.bin";
    static final byte[] OLD = content(1, 7_001);
    static final byte[] NEW = content(2, 20_003);

    private static byte[] content(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Makes both targets, with the old content if there is to be one. */
    static DiskPair at(Path root, boolean withOld) throws IOException {
        DiskPair disks = new DiskPair(root);
        for (Path target : disks.targets()) {
            Files.createDirectories(target);
            if (withOld) {
                Files.write(target.resolve(PATH), OLD);
            }
        }
        return disks;
    }

    List<Path> targets() {
        return List.of(root.resolve("a"), root.resolve("b"));
    }

    Path journalDirectory() {
        return root.resolve("journal");
    }

    Journal journal() throws IOException {
        return FileJournal.open(journalDirectory());
    }

    /** Returns a writer as an application has it. Requests to a disk are not late, so nothing waits for them. */
    ParallelResourceWriter writer(
            Journal journal, AcknowledgementRule rule, UnaryOperator<ParallelResourceWriterBuilder> customizer)
            throws IOException {
        ParallelResourceWriterBuilder builder = ParallelResourceWriter.builder()
                .settings(EngineSettings.defaults().withRule(rule))
                .repairs(RepairSettings.defaults().withLateness(Duration.ZERO))
                .sweeps(SweepSettings.defaults().withAge(Duration.ofNanos(1)))
                .journal(journal);
        for (Path target : targets()) {
            builder.target(new FileTarget(target.getFileName().toString(), target, FileTargetSettings.defaults()));
        }
        return customizer.apply(builder).build();
    }

    /** What tells which staged files belong to no write. */
    enum Sweep {
        BY_NOTES,
        BY_NOTES_AND_AGE
    }

    /**
     * What became of a recovery.
     *
     * @param remembered the entries that are left in the journal
     * @param swept how many staged files were discarded
     */
    record Recovery(List<JournalEntry> remembered, long swept) {}

    /** Starts as after a crash, repairs whatever the journal remembers, and discards what is left staged. */
    Recovery recover(Sweep sweep) throws IOException {
        try (Journal journal = journal();
                ParallelResourceWriter writer = writer(journal, AcknowledgementRule.all(), builder -> builder)) {
            repairAll(writer.repairer().orElseThrow());
            long staged = leftovers().size();
            sweepAll(writer.sweeper().orElseThrow(), sweep);
            return new Recovery(journal.entries(), staged - leftovers().size());
        }
    }

    /** Discards what is left staged at both targets. */
    void sweepAll(Sweeper sweeper, Sweep sweep) {
        for (Path target : targets()) {
            String name = target.getFileName().toString();
            sweeper.sweepNoted(name);
            if (sweep == Sweep.BY_NOTES_AND_AGE) {
                sweeper.sweepAged(name);
            }
        }
    }

    static void repairAll(Repairer repairer) throws IOException {
        for (JournalEntry entry : repairer.journal().entries()) {
            repairer.repair(entry);
        }
    }

    /** Returns what the journal remembers, as the next process finds it. */
    List<JournalEntry> remembered() throws IOException {
        try (Journal journal = journal()) {
            return journal.entries();
        }
    }

    /** Returns what each target shows: the bytes, or {@code null} for nothing. */
    List<byte @Nullable []> shown() throws IOException {
        Path first = targets().get(0).resolve(PATH);
        Path second = targets().get(1).resolve(PATH);
        return Arrays.asList(bytes(first), bytes(second));
    }

    private static byte @Nullable [] bytes(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    /** Returns the staged files that are left. */
    List<Path> leftovers() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.getFileName().toString().startsWith(TargetPath.RESERVED_PREFIX))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
