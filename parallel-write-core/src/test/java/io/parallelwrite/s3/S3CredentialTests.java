package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a write says when S3 refuses the credentials of the client: which of them is wrong, and what to do. */
@Timeout(60)
class S3CredentialTests extends S3FaultFixture {

    private static final byte[] SMALL = bytes(1000);
    private static final byte[] THREE_PARTS = bytes(2 * PART + 1234);

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Fault.UNKNOWN_ACCESS_KEY, "403 InvalidAccessKeyId", "Correct the access key"),
                Arguments.of(Fault.WRONG_SECRET_KEY, "403 SignatureDoesNotMatch", "Correct the secret key"),
                Arguments.of(Fault.EXPIRED_TOKEN, "400 ExpiredToken", "Renew the session token"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void namesTheRemedyWhenPuttingIsRefused(Fault fault, String answer, String remedy) throws Exception {
        refuseEverything(fault);
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(SMALL).prepare();

        assertThatThrownBy(write::commit)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("PutObject of s3://contract/" + prefix + "a.bin was answered " + answer)
                .hasMessageContaining(remedy);
        assertThat(faults.count(Kind.PUT))
                .as("what is refused is not sent again")
                .isEqualTo(1);
        write.abort();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void namesTheRemedyWhenTheUploadCannotBeCreated(Fault fault, String answer, String remedy) throws Exception {
        refuseEverything(fault);
        DrivenWrite write = new TargetDriver(target()).open("a.bin");

        assertThatThrownBy(() -> write.write(THREE_PARTS).prepare())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "CreateMultipartUpload of s3://contract/" + prefix + "a.bin was answered " + answer)
                .hasMessageContaining(remedy);
        assertThat(faults.count(Kind.CREATE))
                .as("what is refused is not sent again")
                .isEqualTo(1);
        assertThat(faults.count(Kind.PART)).isZero();
        write.abort();
    }

    private void refuseEverything(Fault fault) {
        for (Kind kind : Kind.values()) {
            faults.spoilAll(kind, fault);
        }
    }

    @Test
    void namesTheRemedyWhenTheTokenExpiresInTheMiddleOfAnUpload() throws Exception {
        faults.spoilAll(Kind.PART, Fault.EXPIRED_TOKEN);
        DrivenWrite write = new TargetDriver(target(3, settings.withConcurrency(1))).open("a.bin");

        assertThatThrownBy(() -> write.write(THREE_PARTS).prepare())
                .hasMessageContaining("UploadPart 1 of")
                .hasMessageContaining("400 ExpiredToken")
                .hasMessageContaining("Renew the session token");
        assertThat(faults.count(Kind.PART)).isEqualTo(1);
        write.abort();
    }
}
