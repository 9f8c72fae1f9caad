package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.EndpointFixture.JOURNALED;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.REPAIR_ENABLED;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.UNRESTRICTED;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.bodyOf;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.get;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.MemoryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoint does over HTTP where both its switches allow it, and that it does nothing where one does not. */
class EndpointOrdersTests {

    @TempDir
    Path directory;

    private EndpointFixture endpoint;

    @BeforeEach
    void configure() throws IOException {
        endpoint = new EndpointFixture(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parallel-write.endpoint.repair-enabled=false",
                UNRESTRICTED,
                REPAIR_ENABLED,
                "management.endpoints.access.default=unrestricted"
            })
    void changesNothingUnlessBothSwitchesSaySo(String oneSwitch) {
        endpoint.run(
                endpoint.diverged(context -> {
                    Files.delete(directory.resolve("other/reports"));
                    assertThat(post(context, "/repair/" + JOURNALED, "{\"dryRun\": false}"))
                            .hasStatus4xxClientError();
                    assertThat(post(context, "/repairs/unpause", "{}")).hasStatus4xxClientError();
                    assertThat(context.getBean(Journal.class).size()).isEqualTo(1);
                    assertThat(get(context, ""))
                            .hasStatusOk()
                            .bodyJson()
                            .extractingPath("repairs")
                            .isEqualTo("paused");
                }),
                oneSwitch);
    }

    @Test
    void changesNothingWhereTheActuatorPermitsReadingAtMost() {
        endpoint.run(
                endpoint.diverged(context ->
                        assertThat(post(context, "/repairs/unpause", "{}")).hasStatus4xxClientError()),
                UNRESTRICTED,
                REPAIR_ENABLED,
                "management.endpoints.access.max-permitted=read-only");
    }

    @Test
    void repairsAPathButLooksFirst() {
        endpoint.run(
                endpoint.diverged(context -> {
                    Files.delete(directory.resolve("other/reports"));

                    assertThat(post(context, "/repair/" + JOURNALED, "{}"))
                            .hasStatusOk()
                            .bodyJson()
                            .isLenientlyEqualTo("""
                                    {"path": "reports/a.csv", "dryRun": true, "outcome": "settled",
                                     "targets": [{"found": {"target": "local", "answer": "held"}, "action": "none"},
                                                 {"found": {"target": "other", "answer": "missing"}, "action": "copy"}]}""");
                    assertThat(directory.resolve("other/reports")).doesNotExist();

                    assertThat(post(context, "/repair/" + JOURNALED, "{\"dryRun\": false}"))
                            .hasStatusOk()
                            .bodyJson()
                            .isLenientlyEqualTo("{\"dryRun\": false, \"outcome\": \"settled\"}");
                    assertThat(directory.resolve("other/reports/a.csv")).hasContent("written once");
                    assertThat(context.getBean(Journal.class).size()).isZero();
                }),
                UNRESTRICTED,
                REPAIR_ENABLED);
    }

    @Test
    void repairsFromTheCopyThatWasChosen() {
        endpoint.run(
                endpoint.diverged(context -> {
                    Files.delete(directory.resolve("other/reports"));
                    Files.writeString(directory.resolve("local/reports/a.csv"), "chosen");

                    assertThat(post(context, "/repair/" + JOURNALED, "{\"dryRun\": false, \"source\": \"local\"}"))
                            .hasStatusOk()
                            .bodyJson()
                            .extractingPath("outcome")
                            .isEqualTo("settled");
                    assertThat(directory.resolve("other/reports/a.csv")).hasContent("chosen");
                }),
                UNRESTRICTED,
                REPAIR_ENABLED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/repair/none | {} | 404 | has no entry of 'none'",
                "/repair | {} | 400 | cannot be used",
                "/repair/a/%2e%2e/b | {} | 400 | cannot be used",
                "/repair/reports/a.csv | {\"source\": \"local\"} | 400 | set dryRun to false",
                "/repair/reports/a.csv | {\"dryRun\": false, \"source\": \"x\"} | 400 | There is no target 'x'",
                "/repairs/stop | {} | 400 | pause or unpause",
                "/scrub | {} | 404 | but no 'scrub'",
                "/verify/a/%2e%2e/b | {} | 400 | cannot be used",
                "/verify | {\"position\": \"x\"} | 400 | position",
                "/repair-all | {\"source\": \"x\"} | 400 | 'x'",
            })
    void saysWhatIsWrongWithAnOrder(String order, String body, int status, String problem) {
        endpoint.run(
                endpoint.diverged(context -> assertThat(post(context, order, body))
                        .hasStatus(status)
                        .bodyJson()
                        .extractingPath("error")
                        .asString()
                        .contains(problem)),
                UNRESTRICTED,
                REPAIR_ENABLED);
    }

    @Test
    void verifiesAndBackfillsAPrefix() {
        endpoint.run(
                context -> {
                    Files.createDirectories(directory.resolve("local/reports"));
                    Files.writeString(directory.resolve("local/reports/a.csv"), "unknown");
                    Files.writeString(directory.resolve("local/other"), "unknown");

                    assertThat(post(context, "/verify/reports", "{}"))
                            .hasStatusOk()
                            .bodyJson()
                            .isLenientlyEqualTo("""
                                    {"end": "complete", "paths": 1, "unequal": 1, "busy": 0, "failures": [],
                                     "found": [{"path": "reports/a.csv", "proof": "none"}]}""");
                    assertThat(post(context, "/repair-all", "{\"dryRun\": false}"))
                            .bodyJson()
                            .extractingPath("found[1].repair")
                            .isEqualTo("refused");
                    assertThat(post(context, "/backfill/reports", "{}"))
                            .bodyJson()
                            .extractingPath("found[0].repair")
                            .isEqualTo("repaired");
                    assertThat(directory.resolve("other/reports/a.csv")).doesNotExist();

                    assertThat(post(context, "/backfill/reports", "{\"dryRun\": false}"))
                            .hasStatusOk();
                    assertThat(directory.resolve("other/reports/a.csv")).hasContent("unknown");
                    assertThat(post(context, "/verify-full", "{}"))
                            .bodyJson()
                            .isLenientlyEqualTo("{\"paths\": 2, \"unequal\": 1, \"found\": [{\"path\": \"other\"}]}");
                },
                UNRESTRICTED,
                REPAIR_ENABLED);
    }

    @Test
    void stopsAtAThousandFindingsAndGoesOnFromThere() {
        endpoint.run(
                context -> {
                    for (int i = 0; i < 1_200; i++) {
                        Files.createFile(directory.resolve("local/%04d".formatted(i)));
                    }

                    String answer = bodyOf(post(context, "/verify", "{}"));
                    assertThat(answer).contains("\"end\":\"stopped\"");
                    String position = answer.replaceAll(".*\"position\":\"([^\"]+)\".*", "$1");
                    while (!answer.contains("\"end\":\"complete\"")) { // on a slow machine in more than two parts
                        answer = bodyOf(post(context, "/verify", "{\"position\": \"" + position + "\"}"));
                        assertThat(answer).contains("\"end\":");
                        position = answer.replaceAll(".*\"position\":\"([^\"]+)\".*", "$1");
                    }

                    assertThat(answer).contains("\"paths\":1200", "\"unequal\":1200", "\"1199\"");
                },
                UNRESTRICTED,
                REPAIR_ENABLED);
    }

    @Test
    void pausesTheRepairsInTheBackground() {
        endpoint.run(
                context -> {
                    assertThat(get(context, ""))
                            .bodyJson()
                            .extractingPath("repairs")
                            .isEqualTo("running");
                    assertThat(post(context, "/repairs/pause", "{}"))
                            .hasStatusOk()
                            .bodyJson()
                            .extractingPath("repairs")
                            .isEqualTo("paused");
                    assertThat(post(context, "/repairs/unpause", "{}"))
                            .bodyJson()
                            .extractingPath("repairs")
                            .isEqualTo("running");
                },
                UNRESTRICTED,
                REPAIR_ENABLED);
    }

    @Test
    void saysThatNothingRepairsInTheBackground() {
        endpoint.runner
                .withBean("own", Journal.class, MemoryJournal::new)
                .withPropertyValues(UNRESTRICTED, REPAIR_ENABLED, "parallel-write.repair.enabled=false")
                .run(context -> assertThat(post(context, "/repairs/pause", "{}"))
                        .hasStatus(404)
                        .bodyJson()
                        .extractingPath("error")
                        .isEqualTo("Nothing repairs in the background"));
    }
}
