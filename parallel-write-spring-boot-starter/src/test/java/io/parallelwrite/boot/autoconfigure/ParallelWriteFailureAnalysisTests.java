package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.FailingApplication.failToStart;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an application that cannot start because of its targets, sizes or rules says, as its user sees it. */
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

    @Test
    void leavesWhatCannotBeParsedToSpringBoot(CapturedOutput output) {
        failToStart("parallel-write.targets.a.location=memory:", "parallel-write.buffer.total=plenty");

        assertThat(output).contains("Failed to bind properties under 'parallel-write.buffer.total'");
    }
}
