package io.parallelwrite.sample;

import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;

/** The sample with S3 in a LocalStack container: {@code mvn spring-boot:test-run}. */
final class TestSampleApplication {

    private TestSampleApplication() {}

    /**
     * Starts the container, then the sample.
     *
     * @param args Spring Boot arguments
     */
    public static void main(String[] args) {
        SpringApplication.from(SampleApplication::main)
                .with(LocalStackConfiguration.class)
                .withAdditionalProfiles("aws")
                .run(Stream.concat(Stream.of("--sample.bucket=sample"), Stream.of(args))
                        .toArray(String[]::new));
    }
}
