package io.parallelwrite.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.MemoryDisk;
import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.faults.SystemCallStrikes.Scene;
import io.parallelwrite.faults.SystemCallStrikes.Stage;
import io.parallelwrite.faults.SystemCallStrikes.Strike;
import io.parallelwrite.faults.SystemCallStrikes.Watch;
import io.parallelwrite.simulation.PlantedBug;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.util.FileSystemUtils;

/** Mistakes in the code for disks and the journal, each of which a power cut, a short write or a kill must find. */
@Tag("faults")
class PlantedBugAtTheKernelTests {

    private static Path directory = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        assumeTrue(Strace.works(), "strace is missing, or processes may not be followed here");
        directory = MemoryDisk.newDirectory("planted");
    }

    @AfterAll
    static void delete() throws Exception {
        FileSystemUtils.deleteRecursively(directory);
    }

    private static ChildJvm with(PlantedBug bug) throws Exception {
        Path classes = Files.createTempDirectory(directory, "classes");
        bug.writeTo(classes);
        return ChildJvm.with(classes);
    }

    @ParameterizedTest
    @FieldSource("io.parallelwrite.faults.KernelPlantedBugs#POWER_CUTS")
    void findsAMistakeByCuttingThePower(Task task, PlantedBug bug) throws Exception {
        DiskPair disks = DiskPair.at(Files.createTempDirectory(directory, "disks"), task.needsOld());
        List<String> violations =
                new PowerCuts(with(bug), directory, 1).run(disks, task).violations();
        System.out.println("Planted: " + bug + " -> " + violations.stream().findFirst());
        assertThat(violations).as(bug.toString()).isNotEmpty();
    }

    @Test
    void findsAMistakeByAShortWrite() throws Exception {
        PlantedBug bug = KernelPlantedBugs.SHORT_WRITE;
        SystemCallStrikes strikes = new SystemCallStrikes(with(bug), directory);
        Scene scene = new Scene(Task.OVERWRITE, "all", Stage.WORKING, Watch.TARGETS);
        List<Strike> writes = strikes.strikes(scene, "retval=100").stream()
                .filter(strike -> strike.point().call().equals("write"))
                .toList();
        assertThat(strikes.run(writes).violations()).as(bug.toString()).isNotEmpty();
    }

    @Test
    void findsAMistakeByAKill() throws Exception {
        PlantedBug bug = KernelPlantedBugs.KILL;
        SystemCallStrikes strikes = new SystemCallStrikes(with(bug), directory);
        Scene scene = new Scene(Task.OVERWRITE, "all", Stage.WORKING, Watch.TARGETS);
        List<Strike> renames = strikes.strikes(scene, "signal=KILL").stream()
                .filter(strike -> strike.point().call().equals("rename"))
                .toList();
        assertThat(strikes.run(renames).violations())
                .as(bug.toString())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found).contains("staged and not swept"));
    }
}
