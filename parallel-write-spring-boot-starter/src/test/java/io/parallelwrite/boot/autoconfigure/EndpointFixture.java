package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.repair.BackgroundRepairer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** An application with two targets, 'local' and 'other', and the endpoint, which is asked and ordered over HTTP. */
final class EndpointFixture {

    static final String JOURNALED = "reports/a.csv";

    static final String UNRESTRICTED = "management.endpoint.parallelwrite.access=unrestricted";
    static final String REPAIR_ENABLED = "parallel-write.endpoint.repair-enabled=true";

    final WebApplicationContextRunner runner;
    private final Path directory;

    EndpointFixture(Path directory) throws IOException {
        this.directory = directory;
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

    /** As an application has them: access is written in lower case. */
    private static WebApplicationContextRunner withConversions() {
        return new WebApplicationContextRunner()
                .withInitializer(
                        context -> context.getEnvironment().setConversionService(new ApplicationConversionService()));
    }

    void run(ContextConsumer<AssertableWebApplicationContext> questions, String... properties) {
        runner.withPropertyValues(properties).run(questions);
    }

    /** First has 'other' miss a write, with the repairs paused. */
    ContextConsumer<AssertableWebApplicationContext> diverged(
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

    static MvcTestResult get(AssertableWebApplicationContext context, String question) {
        return MockMvcTester.from(context)
                .get()
                .uri(URI.create("/actuator/parallelwrite" + question))
                .exchange();
    }

    static MvcTestResult post(AssertableWebApplicationContext context, String order, String body) {
        return MockMvcTester.from(context)
                .post()
                .uri(URI.create("/actuator/parallelwrite" + order))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    static String bodyOf(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
