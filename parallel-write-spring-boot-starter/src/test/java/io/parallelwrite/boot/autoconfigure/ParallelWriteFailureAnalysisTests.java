package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What an application that cannot start says, as its user sees it. */
@ExtendWith(OutputCaptureExtension.class)
class ParallelWriteFailureAnalysisTests {

    @TempDir
    Path directory;

    @Test
    void showsHowToConfigureTargetsWhenThereAreNone(CapturedOutput output) {
        failToStart();

        assertThat(output)
                .contains("needs targets, and none are configured")
                .contains("location: \"file:./data/\"")
                .contains("parallel-write.enabled=false");
    }

    @Test
    void namesTheTargetWithoutLocation(CapturedOutput output) {
        failToStart("parallel-write.targets.local.order=1");

        assertThat(output)
                .contains("Target 'local' has no location")
                .contains("Set parallel-write.targets.local.location, for example to \"file:./data/\"");
    }

    @Test
    void namesTheTargetWithABlankLocation(CapturedOutput output) {
        failToStart("parallel-write.targets.local.location= ");

        assertThat(output).contains("Target 'local' has no location");
    }

    @Test
    void suggestsTheFileSchemeForABarePath(CapturedOutput output) {
        failToStart("parallel-write.targets.local.location=/data/x");

        assertThat(output)
                .contains("The location \"/data/x\" of target 'local' has no scheme")
                .contains("set parallel-write.targets.local.location to \"file:/data/x/\"");
    }

    @Test
    void namesTheSchemeNothingServes(CapturedOutput output) {
        failToStart("parallel-write.targets.cloud.location=gs://bucket/data/");

        assertThat(output)
                .contains("Nothing serves the scheme 'gs:'")
                .contains("gs://bucket/data/")
                .contains("Correct parallel-write.targets.cloud.location, or add a TargetFactory bean");
    }

    @Test
    void namesTheDependencyThatIsMissingForS3(CapturedOutput output) {
        failToStart("parallel-write.targets.s3.location=s3://bucket/data/");

        assertThat(output)
                .contains("The location \"s3://bucket/data/\" of target 's3' is in S3")
                .contains("Add the dependency io.awspring.cloud:spring-cloud-aws-starter-s3");
    }

    @Test
    void explainsALocationTheKindOfTargetRefuses(CapturedOutput output) {
        failToStart("parallel-write.targets.local.location=file://host/data/");

        assertThat(output)
                .contains("it names the host 'host'")
                .contains("Correct parallel-write.targets.local.location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://user:marker-7@host/data/", "ftp://user:marker-7@host/", "user:marker-7@host:data/"})
    void keepsTheUserOfALocationToItself(String location, CapturedOutput output) {
        failToStart("parallel-write.targets.local.location=" + location);

        assertThat(output)
                .contains("Correct parallel-write.targets.local.location")
                .doesNotContain("marker-7");
    }

    @Test
    void namesThePlaceThatCannotBeWritten(CapturedOutput output) throws Exception {
        Path file = Files.createFile(directory.resolve("occupied"));

        failToStart("parallel-write.targets.local.location=" + file.toUri() + "/data/");

        assertThat(output)
                .contains("Target 'local' at file:")
                .contains("cannot be used")
                .contains("or change parallel-write.targets.local.location");
    }

    @Test
    void namesBothTargetsThatAreAtOnePlace(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=" + directory.toUri(),
                "parallel-write.targets.b.location=" + directory.toUri());

        assertThat(output)
                .contains("Targets 'a' and 'b' are at the same place")
                .contains(
                        "Give parallel-write.targets.a.location and parallel-write.targets.b.location places of their");
    }

    @Test
    void namesBothTargetsOfWhichOneIsInTheOther(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=" + directory.toUri(),
                "parallel-write.targets.b.location="
                        + directory.resolve("inner").toUri());

        assertThat(output).contains("Targets 'a' and 'b' are nested").contains("neither of them inside the other");
    }

    @Test
    void namesTheSizeTheEngineRefuses(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.buffer.chunk-size=0B");

        assertThat(output)
                .contains("parallel-write.buffer.chunk-size")
                .contains("0B")
                .contains("must be positive");
    }

    @Test
    void namesTheDurationTheEngineRefusesAlsoInCamelCase(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallelWrite.maxOpenWrites=0");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("parallel-write.max-open-writes [0]")
                .contains("must be at least 1");
    }

    @Test
    void namesTheTargetWhoseDeadlineTheEngineRefuses(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.targets.a.deadlines.open=-1s");

        assertThat(output).contains("parallel-write.targets.a.deadlines.open").contains("must be positive");
    }

    @Test
    void saysThatATargetEveryWriteNeedsCannotBeDetached(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.targets.b.location=memory:",
                "parallel-write.targets.b.lagging=detach");

        assertThat(output)
                .contains("parallel-write.targets.b.lagging")
                .contains("detach")
                .contains("No write can be a success without this target")
                .contains("Set parallel-write.targets.b.required=false");
    }

    @Test
    void refusesTheProtocolOfTheWriterItselfAsALocation(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=Parallel:data/");

        assertThat(output)
                .contains(
                        "The location \"Parallel:data/\" of target 'a' stands for what the writer itself reads and writes")
                .contains("Set parallel-write.targets.a.location to where the copy is kept");
    }

    @Test
    void namesTheSettingOfReadsThatIsRefused(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.read.chunk-size=1GB");

        assertThat(output)
                .contains("parallel-write.read.chunk-size")
                .contains("1073741824B")
                .contains("at most");
    }

    @Test
    void namesTheNumberOfRefillsThatIsRefusedAlsoInCamelCase(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallelWrite.read.maxRefills=0");

        assertThat(output)
                .contains("parallel-write.read.max-refills [0]")
                .contains("must be at least 1")
                .contains("Correct the value of parallel-write.read.max-refills");
    }

    @ParameterizedTest
    @CsvSource({"most, It is no rule; set it to all", "0, must be at least 1", "3, 'only 2 targets, [a, b]'"})
    void saysWhyTheAcknowledgementRuleCannotBeUsed(String rule, String reason, CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.targets.b.location=memory:",
                "parallel-write.acknowledge=" + rule);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("parallel-write.acknowledge [" + rule + "]")
                .contains(reason);
    }

    @Test
    void saysHowRequiredTargetsContradictAWeakerRule(CapturedOutput output) {
        failToStart(
                "parallel-write.targets.a.location=memory:",
                "parallel-write.targets.a.required=true",
                "parallel-write.targets.b.location=memory:",
                "parallel-write.targets.b.required=true",
                "parallelWrite.acknowledge=any");

        assertThat(output)
                .contains("parallel-write.acknowledge [any]")
                .contains("each of [a, b] has required=true")
                .contains("Remove required=true where a target may miss a write, or set it to all");
    }

    @Test
    void refusesThatNoTargetIsRequiredWhenAllAre(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.targets.a.required=false");

        assertThat(output)
                .contains("parallel-write.targets.a.required")
                .contains("No target is required")
                .contains("Require one of [a], or set parallel-write.acknowledge to any");
    }

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

    private String[] twoTargets() {
        return new String[] {
            "parallel-write.targets.a.location=memory:",
            "parallel-write.targets.b.location=" + directory.resolve("data").toUri()
        };
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

    @Test
    void leavesWhatCannotBeParsedToSpringBoot(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.buffer.total=plenty");

        assertThat(output).contains("Failed to bind properties under 'parallel-write.buffer.total'");
    }

    private static void failToStart(String... properties) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        String[] arguments = Stream.of(properties).map("--"::concat).toArray(String[]::new);
        assertThatException().isThrownBy(() -> application.run(arguments).close());
    }

    /** An application with the starter and nothing else: no Spring Cloud AWS is configured. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ParallelWriteAutoConfiguration.class,
        ParallelWriteJournalAutoConfiguration.class,
        ParallelWriteRepairAutoConfiguration.class,
        ParallelReadAutoConfiguration.class
    })
    static class Application {}
}
