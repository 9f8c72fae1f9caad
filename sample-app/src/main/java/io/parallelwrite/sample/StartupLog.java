package io.parallelwrite.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once the application is up, where the page and both copies are and how to fetch one from S3. */
@Component
final class StartupLog {

    private static final Logger logger = LoggerFactory.getLogger(StartupLog.class);

    private final SampleProperties properties;
    private final Environment environment;
    private final ObjectProvider<EmbeddedS3> embeddedS3;

    StartupLog(SampleProperties properties, Environment environment, ObjectProvider<EmbeddedS3> embeddedS3) {
        this.properties = properties;
        this.environment = environment;
        this.embeddedS3 = embeddedS3;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        logger.info("The archive is at http://localhost:{}/", environment.getProperty("local.server.port"));
        logger.info("Target 'local' keeps its copies in {}", properties.localDirectory());
        logger.info("Target 's3' keeps its copies in s3://{}/archive/", properties.bucket());
        embeddedS3.ifAvailable(this::describe);
    }

    private void describe(EmbeddedS3 s3) {
        logger.info("S3 is embedded: {} serves {}", s3.getEndpoint(), properties.s3Directory());
        logger.info(
                "Fetch a copy from it: AWS_ACCESS_KEY_ID={} AWS_SECRET_ACCESS_KEY={} AWS_DEFAULT_REGION={}"
                        + " aws s3 cp --endpoint-url {} s3://{}/archive/<path> copy",
                s3.getAccessKey(),
                s3.getSecretKey(),
                s3.getRegion(),
                s3.getEndpoint(),
                properties.bucket());
    }
}
