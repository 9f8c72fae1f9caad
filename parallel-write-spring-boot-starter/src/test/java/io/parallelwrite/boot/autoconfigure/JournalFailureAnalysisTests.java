package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.FailingApplication.failToStart;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.FileJournal;
import io.parallelwrite.divergence.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an application that cannot start because of its journal or its repairs says, as its user sees it. */
@ExtendWith(OutputCaptureExtension.class)
class JournalFailureAnalysisTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"data, data/journal", "data/a, data", "data, data"})
    void refusesAJournalAmongTheObjectsOfATargetAndOpensNone(String target, String journal, CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=" + directory.resolve(target).toUri(),
                "parallel-write.journal.directory=" + directory.resolve(journal));

        assertThat(output)
                .contains("parallel-write.journal.directory [" + directory.resolve(journal) + "] cannot be used")
                .contains("target 'a' is at file:")
                .contains("set it to a directory of its own, that is in no target and holds none");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void saysThatTheDirectoryOfTheJournalIsInUse(CapturedOutput output) throws Exception {
        try (Journal other = FileJournal.open(directory)) {
            failToStart(
                    "parallel-write.targets.a.location=memory:",
                    "parallel-write.journal.directory=" + directory.toUri());

            assertThat(other.size()).isZero();
        }

        assertThat(output)
                .contains("parallel-write.journal.directory [" + directory.toUri() + "] cannot be used")
                .contains("is in use by this process")
                .contains("configure another directory, or stop the other first");
    }

    @Test
    void saysThatTheDefaultJournalIsInUse(CapturedOutput output) throws Exception {
        try (Journal other = FileJournal.open(directory.resolve("data.parallel-write-journal"))) {
            failToStart(twoTargets());

            assertThat(other.size()).isZero();
        }

        assertThat(output)
                .contains("cannot be beside the directory of target 'b', where it is unless"
                        + " parallel-write.journal.directory says otherwise")
                .contains("is in use by this process")
                .contains("Set parallel-write.journal.directory to a directory that only this application uses")
                .contains("parallel-write.journal.type=memory");
    }

    @Test
    void saysWhatToSetWhenTheDefaultJournalCannotBeMade(CapturedOutput output) throws Exception {
        Files.createFile(directory.resolve("data.parallel-write-journal"));

        failToStart(twoTargets());

        assertThat(output)
                .contains("data.parallel-write-journal' is a file; remove it")
                .contains("Set parallel-write.journal.directory to a directory");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void refusesADefaultJournalThatIsItselfATarget(CapturedOutput output) {
        failToStart(Stream.concat(
                        Stream.of(twoTargets()),
                        Stream.of("parallel-write.targets.c.location="
                                + directory
                                        .resolve("data.parallel-write-journal/x")
                                        .toUri()))
                .toArray(String[]::new));

        assertThat(output)
                .contains("cannot be beside the directory of target 'b'")
                .contains("target 'c' is at file:");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryForAJournalInMemory(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.journal.type=memory",
                "parallel-write.journal.directory=" + directory);

        assertThat(output)
                .contains("parallel-write.journal.type [MEMORY] cannot be used")
                .contains("parallel-write.journal.directory names one. Remove one of the two");
    }

    @Test
    void asksForADirectoryWhereThereIsNoneByDefault(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.journal.type=file");

        assertThat(output)
                .contains("parallel-write.journal.type [FILE] cannot be used")
                .contains("set parallel-write.journal.directory");
    }

    @Test
    void showsTheKindsOfJournals(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.journal.type=database");

        assertThat(output)
                .contains("Failed to bind properties under 'parallel-write.journal.type'")
                .contains("FILE")
                .contains("MEMORY")
                .contains("NONE");
    }

    @Test
    void refusesRepairsOfWhatIsNotRemembered(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.targets.b.location=memory:",
                "parallel-write.repair.enabled=true");

        assertThat(output)
                .contains("parallel-write.repair.enabled [true] cannot be used")
                .contains(
                        "Set parallel-write.journal.directory to a directory, or parallel-write.journal.type to memory");
    }

    @Test
    void refusesToWaitForRepairsThatDoNotTakePlace(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.journal.type=memory",
                "parallel-write.repair.enabled=false",
                "parallel-write.repair.startup-wait=1s");

        assertThat(output)
                .contains("parallel-write.repair.startup-wait [")
                .contains("because parallel-write.repair.enabled is false");
    }

    @Test
    void namesTheJournalThatIsAFile(CapturedOutput output) throws Exception {
        Path file = Files.createFile(directory.resolve("occupied"));

        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.journal.directory=" + file);

        assertThat(output)
                .contains("parallel-write.journal.directory [" + file + "] cannot be used")
                .contains("is a file; remove it or configure another directory");
    }

    @Test
    void refusesAJournalThatALinkPutsIntoATarget(CapturedOutput output) throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), data);

        failToStart(
                "parallel-write.targets.a.location=" + data.toUri(),
                "parallel-write.journal.directory=" + link.resolve("journal"));

        assertThat(output).contains("parallel-write.journal.directory [").contains("target 'a' is at file:");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void refusesAJournalThatIsNoDirectory(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:", "parallel-write.journal.directory=https://host/journal");

        assertThat(output)
                .contains("parallel-write.journal.directory [https://host/journal] cannot be used")
                .contains("no directory of a file system");
    }

    @Test
    void refusesABlankDirectoryForTheJournal(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.journal.directory= ");

        assertThat(output).contains("parallel-write.journal.directory [").contains("It names no directory");
    }

    @Test
    void namesTheCapacityTheJournalRefuses(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.journal.directory=" + directory,
                "parallel-write.journal.capacity=0");

        assertThat(output).contains("parallel-write.journal.capacity [0]").contains("must be positive");
    }

    @ParameterizedTest
    @CsvSource({
        "first-delay, 0s",
        "longest-delay, 1ms",
        "lateness, -1s",
        "entries-per-second, 0",
        "concurrency, 0",
        "concurrency, 257",
        "bytes-per-second, 0B",
        "recovery-time, -1s",
        "startup-wait, -1s",
    })
    void namesTheSettingOfRepairsThatIsRefused(String setting, String value, CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.journal.directory=" + directory,
                "parallel-write.repair." + setting + "=" + value);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("parallel-write.repair." + setting + " [")
                .contains("cannot be used");
    }

    private String[] twoTargets() {
        return new String[] {
            "parallel-write.targets.a.location=memory:",
            "parallel-write.targets.b.location=" + directory.resolve("data").toUri()
        };
    }
}
