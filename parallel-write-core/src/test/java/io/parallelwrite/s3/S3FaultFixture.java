package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.target.ContentAttributes;
import io.parallelwrite.target.TargetPath;
import io.parallelwrite.target.WriteRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Targets that reach S3Proxy through a {@link FaultServer}, and the same server without faults to look behind it. */
abstract class S3FaultFixture {

    static final int PART = 5 << 20;

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static final class Shared {
        static final URI ENDPOINT = start();
        static final S3Server SERVER = new S3Server(ENDPOINT, "any", "any");

        private static URI start() {
            try {
                return EmbeddedS3.startedOpen();
            } catch (Exception e) {
                throw new IllegalStateException("S3Proxy did not start", e);
            }
        }
    }

    final String prefix = "faults-" + PREFIXES.incrementAndGet() + "/";
    final S3TargetSettings settings =
            S3TargetSettings.defaults().withPartSize(DataSize.ofBytes(PART)).withAttemptTimeout(Duration.ofSeconds(20));
    private final List<S3AsyncClient> clients = new ArrayList<>();
    FaultServer faults;

    @BeforeEach
    void startFaultServer() throws Exception {
        faults = new FaultServer(Shared.ENDPOINT);
    }

    @AfterEach
    void leavesNoUpload() {
        faults.close();
        clients.forEach(S3AsyncClient::close);
        assertThat(behind().uploads()).filteredOn(key -> key.startsWith(prefix)).isEmpty();
    }

    /** Returns the server behind the faults. */
    S3Server behind() {
        return Shared.SERVER;
    }

    /** Returns a target whose client sends every request once. */
    S3Target target() {
        return target(1, settings);
    }

    S3Target target(int sdkAttempts, S3TargetSettings changed) {
        S3AsyncClient client = S3Server.client(faults.endpoint(), "any", "any")
                .overrideConfiguration(override ->
                        S3Server.smallPages(override).retryStrategy(retry -> retry.maxAttempts(sdkAttempts)))
                .build();
        clients.add(client);
        return new S3Target("s3", S3Server.BUCKET, prefix, client, changed);
    }

    /** Returns a target over the same objects that no fault can strike. */
    S3Target unspoiled() {
        return new S3Target("s3", S3Server.BUCKET, prefix, behind().client(), settings);
    }

    static WriteRequest request(String path) {
        return new WriteRequest(TargetPath.of(path), UUID.randomUUID().toString(), ContentAttributes.NONE, false, -1);
    }
}
