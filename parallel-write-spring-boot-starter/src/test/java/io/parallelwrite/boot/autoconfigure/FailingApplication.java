package io.parallelwrite.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThatException;

import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application with the starter and nothing else, that cannot start: no Spring Cloud AWS is configured. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ParallelWriteAutoConfiguration.class,
    ParallelWriteJournalAutoConfiguration.class,
    ParallelWriteRepairAutoConfiguration.class,
    ParallelReadAutoConfiguration.class
})
class FailingApplication {

    /** Starts it with these properties, and expects that it fails. */
    static void failToStart(String... properties) {
        SpringApplication application = new SpringApplication(FailingApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        String[] arguments = Stream.of(properties).map("--"::concat).toArray(String[]::new);
        assertThatException().isThrownBy(() -> application.run(arguments).close());
    }
}
