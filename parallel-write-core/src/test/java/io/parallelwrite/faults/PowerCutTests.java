package io.parallelwrite.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.MemoryDisk;
import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.faults.PowerCuts.Report;
import io.parallelwrite.faults.Strace.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;

/** What is left when the power is cut after any call of a write, delete or repair, in a model that loses what it may. */
class PowerCutTests {

    private static final int ENOUGH = 10;

    private static Path directory = Path.of("");
    private static ChildJvm jvm = new ChildJvm("", List.of());

    @BeforeAll
    static void pack() throws Exception {
        assumeTrue(Strace.works(), "strace is missing, or processes may not be followed here");
        directory = MemoryDisk.newDirectory("powercuts");
        jvm = ChildJvm.packed(directory);
    }

    @AfterAll
    static void delete() throws Exception {
        FileSystemUtils.deleteRecursively(directory);
    }

    private static Report cut(Task task) throws Exception {
        DiskPair disks = DiskPair.at(Files.createTempDirectory(directory, "disks"), task.needsOld());
        if (task == Task.RECOVER) { // killed before the second target had the new content
            Point secondRename = new Point("rename", 2, "", "");
            jvm.runThenAttach(
                    Strace.command(
                            Path.of("/dev/null"),
                            Strace.ofTargets(disks, Task.OVERWRITE),
                            secondRename.option("signal=KILL")),
                    disks,
                    Task.OVERWRITE,
                    "all");
        }
        Report report = new PowerCuts(jvm, directory, ENOUGH).run(disks, task);
        System.out.println("Power cuts, " + task + ": " + report);
        assertThat(report.violations()).isEmpty();
        return report;
    }

    @Test
    void keepsItsWordWheneverThePowerIsCutDuringADelete() throws Exception {
        Report report = cut(Task.DELETE);
        assertThat(report.calls()).isGreaterThan(20);
        assertThat(report.states()).isGreaterThan(40);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("faults")
    void keepsItsWordWheneverThePowerIsCut(Task task) throws Exception {
        assertThat(cut(task).states()).isGreaterThan(40);
    }
}
