package io.parallelwrite.boot.autoconfigure;

import static io.parallelwrite.boot.autoconfigure.EndpointFixture.JOURNALED;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.bodyOf;
import static io.parallelwrite.boot.autoconfigure.EndpointFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.boot.actuate.ParallelWriteEndpoint;
import io.parallelwrite.boot.actuate.RepairingParallelWriteEndpoint;
import io.parallelwrite.boot.actuate.WriterDescriptor.TargetDescriptor;
import io.parallelwrite.divergence.Journal;
import io.parallelwrite.divergence.JournalEntry;
import io.parallelwrite.divergence.JournalMember;
import io.parallelwrite.divergence.JournalMember.State;
import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.TargetStatus;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** When the endpoint is there, and what it answers over HTTP without changing anything. */
class ParallelWriteEndpointAutoConfigurationTests {

    @TempDir
    Path directory;

    private EndpointFixture endpoint;

    @BeforeEach
    void configure() throws IOException {
        endpoint = new EndpointFixture(directory);
    }

    @Test
    void isNotThereUnlessItIsExposed() {
        endpoint.runner
                .withPropertyValues("management.endpoints.web.exposure.include=")
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
        endpoint.run(endpoint.diverged(context -> {
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
        endpoint.run(
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

    @Test
    void tellsThatThereIsNoJournal() {
        endpoint.run(
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
        endpoint.run(endpoint.diverged(context -> {
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
        endpoint.run(context -> {
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
        endpoint.run(endpoint.diverged(context -> {
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
        endpoint.run(context -> assertThat(get(context, question))
                .hasStatus(status)
                .bodyJson()
                .extractingPath("error")
                .asString()
                .contains(problem.replace("\"", "")));
    }

    @Test
    void comparesTheCopiesOfAPath() {
        endpoint.run(endpoint.diverged(context -> {
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

    @Test
    void leavesTheEndpointOfTheApplicationInPlace() {
        endpoint.runner
                .withBean("own", ParallelWriteEndpoint.class, () -> new ParallelWriteEndpoint(writer(), "own", null))
                .run(context -> assertThat(context)
                        .getBean(ParallelWriteEndpoint.class)
                        .isNotInstanceOf(RepairingParallelWriteEndpoint.class)
                        .isSameAs(context.getBean("own")));
    }

    private static ParallelResourceWriter withoutStatus(ParallelResourceWriter real) {
        return (ParallelResourceWriter) Proxy.newProxyInstance(
                ParallelResourceWriter.class.getClassLoader(),
                new Class<?>[] {ParallelResourceWriter.class},
                (proxy, method, arguments) -> method.getName().equals("status")
                        ? new WriterStatus(true, List.of())
                        : method.invoke(real, arguments));
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
}
