package io.parallelwrite.sample;

import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Brings the embedded S3 server, unless the profile {@code aws} says there is a real one. */
@Configuration(proxyBeanMethods = false)
@Profile("!aws")
class EmbeddedS3Configuration {

    @Bean
    EmbeddedS3 embeddedS3(SampleProperties properties) throws IOException {
        return EmbeddedS3.start(
                properties.s3Directory(), properties.bucket(), properties.s3().port());
    }
}
