package io.parallelwrite.s3;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * The contract against LocalStack in a container: {@code mvn verify -Plocalstack}.
 *
 * <p>4.14.0 is the last version of the image that starts without an account.
 */
@Tag("localstack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalStackTargetTests extends S3TargetContract {

    private final LocalStackContainer container =
            new LocalStackContainer("localstack/localstack:4.14.0").withServices("s3");
    private S3Server server;

    @BeforeAll
    void start() {
        container.start();
        server = new S3Server(container.getEndpoint(), container.getAccessKey(), container.getSecretKey());
    }

    @AfterAll
    void stop() {
        container.stop();
    }

    @Override
    S3Server server() {
        return server;
    }
}
