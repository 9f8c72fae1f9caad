package io.parallelwrite.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallelwrite.MemoryDisk;
import io.parallelwrite.faults.ChildWrite.Task;
import io.parallelwrite.faults.SystemCallStrikes.Report;
import io.parallelwrite.faults.SystemCallStrikes.Scene;
import io.parallelwrite.faults.SystemCallStrikes.Stage;
import io.parallelwrite.faults.SystemCallStrikes.Strike;
import io.parallelwrite.faults.SystemCallStrikes.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** A process that is killed, or hindered, at each of the system calls of a write or delete. */
class SystemCallFaultTests {

    private static final String KILL = "signal=KILL";
    private static final String[] ERRORS = {"error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EROFS", "error=EACCES"};

    /** The call says it wrote 100 bytes, whatever it was to write. */
    private static final String SHORT = "retval=100";

    private static Path directory = Path.of("");
    private static ChildJvm jvm = new ChildJvm("", List.of());

    @BeforeAll
    static void pack() throws Exception {
        assumeTrue(Strace.works(), "strace is missing, or processes may not be followed here");
        directory = MemoryDisk.newDirectory("strikes");
        jvm = ChildJvm.packed(directory);
    }

    @AfterAll
    static void delete() throws Exception {
        FileSystemUtils.deleteRecursively(directory);
    }

    private final SystemCallStrikes strikes = new SystemCallStrikes(jvm, directory);

    private Report judge(List<Strike> all) throws Exception {
        Report report = strikes.run(all);
        System.out.println("Strikes: " + report);
        assertThat(report.violations()).isEmpty();
        return report;
    }

    private List<Strike> strikes(Task task, String rule, Stage stage, String... blows) throws Exception {
        List<Strike> all = new ArrayList<>();
        for (Watch watch : List.of(Watch.TARGETS, Watch.JOURNAL)) {
            all.addAll(strikes.strikes(new Scene(task, rule, stage, watch), blows));
        }
        return all;
    }

    @Test
    void keepsItsWordWhereverItIsKilledBetweenTheFirstCommitAndTheLast() throws Exception {
        List<Strike> some = strikes(Task.OVERWRITE, "all", Stage.WORKING, KILL).stream()
                .filter(strike -> List.of("rename", "fsync", "pwrite64", "fdatasync")
                        .contains(strike.point().call()))
                .toList();
        Report report = judge(some);
        assertThat(report.fatal()).isEqualTo(some.size()).isGreaterThanOrEqualTo(9);
        assertThat(report.swept()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("faults")
    void keepsItsWordWhereverItIsKilled(Task task) throws Exception {
        List<Strike> all = strikes(task, "all", Stage.WORKING, KILL);
        all.addAll(strikes(task, "any", Stage.WORKING, KILL));
        assertThat(judge(all).fatal()).isEqualTo(all.size());
    }

    @Test
    @Tag("faults")
    void keepsItsWordWhereverItIsKilledWhileItStarts() throws Exception {
        List<Strike> all = strikes(Task.OVERWRITE, "all", Stage.STARTING, KILL);
        all.addAll(strikes(Task.RECOVER, "all", Stage.STARTING, KILL));
        assertThat(judge(all).fatal()).isEqualTo(all.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "any"})
    @Tag("faults")
    void tellsTheTruthWhicheverCallOfOneTargetFails(String rule) throws Exception {
        List<Strike> all = new ArrayList<>();
        for (Task task : Task.values()) {
            all.addAll(strikes.strikes(new Scene(task, rule, Stage.WORKING, Watch.ONE_TARGET), ERRORS));
        }
        assertThat(judge(all).fatal()).isZero();
    }

    @Test
    @Tag("faults")
    void tellsTheTruthWhicheverCallOfTheJournalFails() throws Exception {
        List<Strike> all = new ArrayList<>();
        for (Task task : Task.values()) {
            all.addAll(strikes.strikes(new Scene(task, "all", Stage.WORKING, Watch.JOURNAL), ERRORS));
        }
        assertThat(judge(all).fatal()).isZero();
    }

    @Test
    @Tag("faults")
    void noticesThatAWriteWasShort() throws Exception {
        List<Strike> all = new ArrayList<>();
        for (Task task : List.of(Task.OVERWRITE, Task.CREATE, Task.CREATE_ONLY)) {
            strikes.strikes(new Scene(task, "all", Stage.WORKING, Watch.TARGETS), SHORT).stream()
                    .filter(strike -> strike.point().call().equals("write"))
                    .forEach(all::add);
        }
        judge(all);
        assertThat(all).isNotEmpty();
    }
}
