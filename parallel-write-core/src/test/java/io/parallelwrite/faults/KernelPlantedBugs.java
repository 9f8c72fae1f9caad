package io.parallelwrite.faults;

import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.simulation.PlantedBug;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Mistakes in the code for disks and the journal. */
final class KernelPlantedBugs {

    private KernelPlantedBugs() {}

    /** What a power cut must find, in what is done meanwhile. */
    static final List<Arguments> POWER_CUTS = List.of(
            Arguments.of(
                    Task.OVERWRITE,
                    bug(
                            "target.FileSync",
                            "public void file(FileChannel channel) throws IOException { channel.force(true); }",
                            "public void file(FileChannel channel) throws IOException {}",
                            "files are not synced")),
            Arguments.of(
                    Task.OVERWRITE,
                    bug(
                            "target.FileTargetWrite",
                            "staged.seal(target.sync(), size);",
                            "staged.seal(FileSync.NONE, size);",
                            "a file is renamed before it is synced")),
            Arguments.of(
                    Task.CREATE,
                    bug(
                            "target.FileTargetWrite",
                            "target.syncDirectoryOf(staged.destination(), \"is visible\");",
                            "",
                            "the directory of a new file is not synced")),
            Arguments.of(
                    Task.DELETE,
                    bug(
                            "target.FileTarget",
                            "syncDirectoryOf(file, \"is deleted\");",
                            "",
                            "the directory of a deleted file is not synced")),
            Arguments.of(
                    Task.OVERWRITE,
                    bug("divergence.DiskLogFile", "channel.force(metadata);", "", "the journal is not synced")),
            Arguments.of(
                    Task.OVERWRITE,
                    bug(
                            "divergence.JournalLog",
                            "directory.rename(LogSegment.unfinishedName(number), next.name()); directory.sync();",
                            "directory.rename(LogSegment.unfinishedName(number), next.name());",
                            "the directory of the journal is not synced")));

    /** What a short write must find. */
    static final PlantedBug SHORT_WRITE = bug(
            "target.StagedFile",
            "if (attributes.size() != size) {",
            "if (false) {",
            "the size on the disk is not compared");

    /** What a kill must find. */
    static final PlantedBug KILL = bug(
            "divergence.StagingLog",
            "append(Stream.of(Note.Staged.of(staged).record(staged.number())));",
            "",
            "what is staged is not noted");

    static Stream<PlantedBug> all() {
        Stream<PlantedBug> powerCuts =
                POWER_CUTS.stream().map(arguments -> (PlantedBug) arguments.get()[1]);
        return Stream.concat(powerCuts, Stream.of(SHORT_WRITE, KILL));
    }

    private static PlantedBug bug(String type, String text, String replacement, String mistake) {
        try {
            return new PlantedBug(Class.forName("io.parallelwrite." + type), text, replacement, mistake);
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException("Adapt the planted bug to the classes as they are now", ex);
        }
    }
}
