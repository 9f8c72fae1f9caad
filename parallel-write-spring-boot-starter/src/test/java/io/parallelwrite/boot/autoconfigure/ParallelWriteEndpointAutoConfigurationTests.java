package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.actuate.ParallelWriteEndpoint;
import io.parallelwrite.boot.actuate.RepairingParallelWriteEndpoint;
import io.parallelwrite.boot.actuate.WriterDescriptor.TargetDescriptor;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.divergence.MemoryJournal;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.TargetStatus;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.outcome.WriterStatus;
import io.parallelwrite.repair.BackgroundRepairer;
import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.MemoryTarget;
import io.parallelwrite.target.MemoryTargetFactory;
import io.parallelwrite.target.Target;
import io.parallelwrite.target.TargetDefinition;
import io.parallelwrite.target.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The endpoint over HTTP, for each combination of its two switches. */
class ParallelWriteEndpointAutoConfigurationTests {

    private static final String JOURNALED = "reports/a.csv";

    private static final String UNRESTRICTED = "management.endpoint.parallelwrite.access=unrestricted";
    private static final String REPAIR_ENABLED = "parallel-write.endpoint.repair-enabled=true";

    @TempDir
    Path directory;

    private WebApplicationContextRunner runner = withConversions();

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(directory.resolve("local"));
        Files.createDirectories(directory.resolve("other"));
        runner = withConversions()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class,
                        ParallelWriteJournalAutoConfiguration.class,
                        ParallelWriteRepairAutoConfiguration.class,
                        ParallelWriteEndpointAutoConfiguration.class,
                        EndpointAutoConfiguration.class,
                        JacksonEndpointAutoConfiguration.class,
                        WebEndpointAutoConfiguration.class,
                        ManagementContextAutoConfiguration.class,
                        ServletManagementContextAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class))
                .withPropertyValues(
                        "parallel-write.targets.local.location="
                                + directory.resolve("local").toUri(),
                        "parallel-write.targets.other.location="
                                + directory.resolve("other").toUri(),
                        "parallel-write.targets.other.required=false",
                        "parallel-write.repair.first-delay=1h", // nothing is repaired behind the back of the test
                        "parallel-write.repair.longest-delay=1h",
                        "management.endpoints.web.exposure.include=parallelwrite");
    }

    @Test
    void isNotThereUnlessItIsExposed() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ParallelWriteEndpoint.class));
    }

    @Test
    void isNotThereWithoutTheActuator() {
        new WebApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class, ParallelWriteEndpointAutoConfiguration.class))
                .withPropertyValues("parallel-write.targets.a.location=memory:")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ParallelWriteEndpoint.class));
    }

    @Test
    void tellsHowTheWriterIsDoing() {
        run(diverged(context -> {
            MvcTestResult answer = get(context, "");
            List<TargetStatus> status =
                    context.getBean(ParallelResourceWriter.class).status().targets();
            assertThat(answer).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                    {
                      "rule": "[local] required",
                      "targets": [
                        {"name": "local", "kind": "file", "required": true, "state": "in_sync", "since": "%s",
                         "unreturnedCalls": 0, "waiting": 0},
                        {"name": "other", "kind": "file", "required": false, "state": "catching_up", "since": "%s",
                         "unreturnedCalls": 0, "waiting": 1}
                      ],
                      "journal": {"entries": 1, "decided": 0, "diverged": 1, "capacity": 100000},
                      "repairs": "paused"
                    }""".formatted(
                            status.get(0).since(), status.get(1).since()));
        }));
    }

    @Test
    void tellsWhyATargetIsLeftOutButNotWhereItIs() {
        run(
                context -> {
                    context.getBean(BackgroundRepairer.class).pause();
                    String place = directory.toRealPath().toString();
                    Files.delete(directory.resolve("other"));
                    Files.createFile(directory.resolve("other")); // where the target needs a directory
                    context.getBean(ParallelResourceWriter.class).write(JOURNALED, new byte[1]);

                    assertThat(get(context, ""))
                            .bodyJson()
                            .extractingPath("targets[1]")
                            .asMap()
                            .containsEntry("state", "out")
                            .hasEntrySatisfying(
                                    "reason",
                                    reason -> assertThat(reason).asString().startsWith("a call failed while opening"));
                    assertThat(bodyOf(get(context, ""))).doesNotContain(place);
                },
                "parallel-write.breaker.failure-limit=1",
                "parallel-write.breaker.probe-delay=1h",
                "parallel-write.breaker.longest-probe-delay=1h");
    }

    @Test
    void listsTheTargetsOfAWriterThatKeepsNoAccountOfThem() throws IOException {
        Target target = new MemoryTarget("own");
        try (ParallelResourceWriter real =
                ParallelResourceWriter.builder().target(target).build()) {
            ParallelResourceWriter writer = withoutStatus(real);
            assertThat(new ParallelWriteEndpoint(writer, "all", null).summary().targets())
                    .containsExactly(new TargetDescriptor("own", "memory", null, null, null, null, null, null));
        }
    }

    private static ParallelResourceWriter withoutStatus(ParallelResourceWriter real) {
        return (ParallelResourceWriter) Proxy.newProxyInstance(
                ParallelResourceWriter.class.getClassLoader(),
                new Class<?>[] {ParallelResourceWriter.class},
                (proxy, method, arguments) -> method.getName().equals("status")
                        ? new WriterStatus(true, List.of())
                        : method.invoke(real, arguments));
    }

    @Test
    void tellsThatThereIsNoJournal() {
        run(
                context -> {
                    assertThat(get(context, "")).bodyJson().doesNotHavePath("journal");
                    assertThat(get(context, ""))
                            .bodyJson()
                            .extractingPath("repairs")
                            .isEqualTo("none");
                    assertThat(get(context, "/journal"))
                            .hasStatus(404)
                            .bodyJson()
                            .extractingPath("error")
                            .asString()
                            .contains("has no journal");
                    assertThat(get(context, "/copies/none"))
                            .hasStatusOk()
                            .bodyJson()
                            .doesNotHavePath("journal");
                },
                "parallel-write.journal.type=none");
    }

    @Test
    void showsAPageOfTheJournal() {
        run(diverged(context -> {
            MvcTestResult page = get(context, "/journal");
            assertThat(page).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                            {
                              "entries": [{
                                "path": "reports/a.csv",
                                "operation": "write",
                                "state": "diverged",
                                "size": 12,
                                "targets": [
                                  {"target": "local", "state": "committed"},
                                  {"target": "other", "state": "missed"}
                                ]
                              }]
                            }""");
            assertThat(page).bodyJson().doesNotHavePath("next");
            assertThat(page)
                    .bodyJson()
                    .extractingPath("entries[0].since")
                    .asString()
                    .startsWith("20");
            assertThat(page)
                    .bodyJson()
                    .extractingPath("entries[0].checksum")
                    .asString()
                    .startsWith("CRC32C:");
        }));
    }

    @Test
    void showsWhyATargetMissedAWriteButNotWhereItIs() {
        run(context -> {
            Path place = directory.resolve("other").toRealPath();
            JournalMember missed =
                    new JournalMember("other", State.MISSED, "Cannot stage a write in '" + place + "/reports': full");
            context.getBean(Journal.class)
                    .put(new JournalEntry(
                            "1",
                            Operation.DELETE,
                            TargetPath.of("x"),
                            null,
                            ContentAttributes.NONE,
                            List.of(JournalMember.of("local", State.COMMITTED), missed),
                            Instant.EPOCH,
                            JournalEntry.UNNUMBERED));

            assertThat(get(context, "/journal"))
                    .bodyJson()
                    .extractingPath("entries[0].targets[1].reason")
                    .isEqualTo("Cannot stage a write in '[other]/reports': full");
        });
    }

    @Test
    void goesThroughTheJournalPageByPage() {
        run(diverged(context -> {
            ParallelResourceWriter writer = context.getBean(ParallelResourceWriter.class);
            writer.write("reports/b.csv", new byte[1]);
            writer.write("reports/c.csv", new byte[1]);

            String first = bodyOf(get(context, "/journal?limit=2"));
            assertThat(first).contains("reports/a.csv", "reports/b.csv").doesNotContain("reports/c.csv");
            String next = first.replaceAll(".*\"next\":(\\d+).*", "$1");
            assertThat(bodyOf(get(context, "/journal?limit=2&after=" + next)))
                    .contains("reports/c.csv")
                    .doesNotContain("reports/b.csv", "next");
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "/journal?limit=0, 400, 'limit [0] must be from 1 to 1000'",
        "/journal?limit=1001, 400, 'limit [1001] must be from 1 to 1000'",
        "/copies, 400, cannot be used",
        "/copies/a/%2e%2e/b, 400, cannot be used",
        "/copies/a%5Cb, 400, cannot be used",
        "/secrets, 404, \"There is 'journal', and 'copies/' with a path, but no 'secrets'\"",
    })
    void saysWhatIsWrongWithAQuestion(String question, int status, String problem) {
        run(context -> assertThat(get(context, question))
                .hasStatus(status)
                .bodyJson()
                .extractingPath("error")
                .asString()
                .contains(problem.replace("\"", "")));
    }

    @Test
    void comparesTheCopiesOfAPath() {
        run(diverged(context -> {
            MvcTestResult copies = get(context, "/copies/" + JOURNALED);
            assertThat(copies).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                            {
                              "path": "reports/a.csv",
                              "journal": [{"path": "reports/a.csv"}]
                            }""");
            assertThat(bodyOf(copies)).doesNotContain(directory.toString());
            assertThat(get(context, "/copies/none")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                            {"result": "absent", "journal": [],
                             "copies": [{"target": "local", "answer": "missing"}, {"target": "other", "answer": "missing"}]}""");
        }));
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
        run(
                diverged(context -> {
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
        run(
                diverged(context ->
                        assertThat(post(context, "/repairs/unpause", "{}")).hasStatus4xxClientError()),
                UNRESTRICTED,
                REPAIR_ENABLED,
                "management.endpoints.access.max-permitted=read-only");
    }

    @Test
    void repairsAPathButLooksFirst() {
        run(
                diverged(context -> {
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
        run(
                diverged(context -> {
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
        run(
                diverged(context -> assertThat(post(context, order, body))
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
        run(
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
        run(
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
        run(
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
        runner.withBean("own", Journal.class, MemoryJournal::new)
                .withPropertyValues(UNRESTRICTED, REPAIR_ENABLED, "parallel-write.repair.enabled=false")
                .run(context -> assertThat(post(context, "/repairs/pause", "{}"))
                        .hasStatus(404)
                        .bodyJson()
                        .extractingPath("error")
                        .isEqualTo("Nothing repairs in the background"));
    }

    @Test
    void leavesTheEndpointOfTheApplicationInPlace() {
        runner.withBean("own", ParallelWriteEndpoint.class, () -> new ParallelWriteEndpoint(writer(), "own", null))
                .run(context -> assertThat(context)
                        .getBean(ParallelWriteEndpoint.class)
                        .isNotInstanceOf(RepairingParallelWriteEndpoint.class)
                        .isSameAs(context.getBean("own")));
    }

    /** As an application has them: access is written in lower case. */
    private static WebApplicationContextRunner withConversions() {
        return new WebApplicationContextRunner()
                .withInitializer(
                        context -> context.getEnvironment().setConversionService(new ApplicationConversionService()));
    }

    private static ParallelResourceWriter writer() {
        try {
            return ParallelResourceWriter.builder()
                    .target(new MemoryTargetFactory().create(TargetDefinition.of("own", "memory:")))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(ContextConsumer<AssertableWebApplicationContext> questions, String... properties) {
        runner.withPropertyValues(properties).run(questions);
    }

    /** First has 'other' miss a write, with the repairs paused. */
    private ContextConsumer<AssertableWebApplicationContext> diverged(
            ContextConsumer<AssertableWebApplicationContext> questions) {
        return context -> {
            context.getBean(BackgroundRepairer.class).pause();
            Files.createFile(directory.resolve("other/reports")); // where 'other' needs a directory
            WriteStatus status = context.getBean(ParallelResourceWriter.class)
                    .write(JOURNALED, "written once".getBytes(StandardCharsets.UTF_8))
                    .status();
            assertThat(status).isEqualTo(WriteStatus.COMMITTED_DEGRADED);
            questions.accept(context);
        };
    }

    private static MvcTestResult get(AssertableWebApplicationContext context, String question) {
        return MockMvcTester.from(context)
                .get()
                .uri(URI.create("/actuator/parallelwrite" + question))
                .exchange();
    }

    private static MvcTestResult post(AssertableWebApplicationContext context, String order, String body) {
        return MockMvcTester.from(context)
                .post()
                .uri(URI.create("/actuator/parallelwrite" + order))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static String bodyOf(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
