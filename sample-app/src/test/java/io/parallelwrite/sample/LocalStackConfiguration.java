package io.parallelwrite.sample;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.localstack.LocalStackContainer;

/** S3 in a LocalStack container, with the sample's bucket in it. Needs a container engine and the profile {@code aws}. */
@TestConfiguration(proxyBeanMethods = false)
class LocalStackConfiguration {

    /** The last image that starts without an account; later ones ask for a token. */
    private static final String IMAGE = "localstack/localstack:4.14.0";

    @Bean(initMethod = "start", destroyMethod = "stop")
    LocalStackContainer localStack() {
        return new LocalStackContainer(IMAGE).withServices("s3");
    }

    @Bean
    AwsConnectionDetails localStackConnectionDetails(
            LocalStackContainer localStack, @Value("${sample.bucket}") String bucket)
            throws IOException, InterruptedException {
        ExecResult made = localStack.execInContainer("awslocal", "s3", "mb", "s3://" + bucket);
        if (made.getExitCode() != 0) {
            throw new IOException("LocalStack did not make the bucket '" + bucket + "': " + made.getStderr());
        }
        return new LocalStackConnectionDetails(localStack);
    }

    /**
     * What a client needs to reach the container.
     *
     * @param container the running container
     */
    private record LocalStackConnectionDetails(LocalStackContainer container) implements AwsConnectionDetails {

        @Override
        public URI getEndpoint() {
            return container.getEndpoint();
        }

        @Override
        public String getRegion() {
            return container.getRegion();
        }

        @Override
        public String getAccessKey() {
            return container.getAccessKey();
        }

        @Override
        public String getSecretKey() {
            return container.getSecretKey();
        }
    }
}
