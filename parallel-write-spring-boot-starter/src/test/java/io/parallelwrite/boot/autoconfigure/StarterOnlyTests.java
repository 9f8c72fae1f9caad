package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.ParallelResourceWriter;
import io.parallelwrite.target.TargetFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The smallest application: this starter, and whatever else is on the class path left aside. */
class StarterOnlyTests {

    private static final byte[] CONTENT = "written once".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void startsWithTwoDirectoriesAndNoAwsMicrometerOrActuator() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParallelWriteAutoConfiguration.class,
                        ParallelWriteMetricsAutoConfiguration.class,
                        ParallelWriteObservationAutoConfiguration.class,
                        ParallelWriteS3AutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(
                        "software.amazon.awssdk",
                        "io.awspring",
                        "io.micrometer.core",
                        "org.springframework.boot.micrometer",
                        "org.springframework.boot.actuate"))
                .withPropertyValues(location("a"), location("b"))
                .run(context -> {
                    context.getBean(ParallelResourceWriter.class).write("reports/a.csv", CONTENT);

                    assertThat(directory.resolve("a/reports/a.csv")).hasBinaryContent(CONTENT);
                    assertThat(directory.resolve("b/reports/a.csv")).hasBinaryContent(CONTENT);
                });
    }

    @Test
    void isFoundByAutoConfiguration() throws Exception {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context =
                application.run("--" + location("a"), "--spring.cloud.aws.region.static=eu-west-1")) {
            context.getBean(ParallelResourceWriter.class).write("reports/a.csv", CONTENT);

            assertThat(directory.resolve("a/reports/a.csv")).hasBinaryContent(CONTENT);
            assertThat(context.getBeansOfType(TargetFactory.class))
                    .containsOnlyKeys(
                            "parallelWriteS3TargetFactory",
                            "parallelWriteFileTargetFactory",
                            "parallelWriteMemoryTargetFactory",
                            "parallelWriteResourceTargetFactory");
        }
    }

    private String location(String name) {
        return "parallel-write.targets." + name + ".location="
                + directory.resolve(name).toUri();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
