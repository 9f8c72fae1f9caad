package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.NotAppliedException;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a commit reports when its request or its answer is spoiled: committed, not applied, or in doubt, and rightly. */
@Timeout(60)
class S3CommitFaultTests extends S3FaultFixture {

    private static final byte[] SMALL = bytes(1000);
    private static final byte[] LARGE = bytes(PART + 1);

    /** Every fault that may pass, on both kinds of commit, with and without retries inside the SDK. */
    static Stream<Arguments> passingFaults() {
        List<Arguments> all = new ArrayList<>();
        for (Fault fault : EnumSet.range(Fault.RESET_BEFORE, Fault.TRUNCATED)) {
            for (int sdkAttempts : new int[] {1, 3}) {
                all.add(Arguments.of(Kind.COMPLETE, fault, sdkAttempts));
                if (fault != Fault.OK_WITH_ERROR_BEFORE) { // for PutObject that is an answer like any other
                    all.add(Arguments.of(Kind.PUT, fault, sdkAttempts));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void commitsWhateverHappensToOneRequestOrItsAnswer(Kind kind, Fault fault, int sdkAttempts) throws Exception {
        byte[] content = kind == Kind.PUT ? SMALL : LARGE;
        DrivenWrite write = new TargetDriver(target(sdkAttempts, settings))
                .open("a.bin")
                .write(content)
                .prepare();
        faults.spoil(kind, fault, 1);
        Receipt receipt = write.commit();

        assertThat(receipt.strength()).isEqualTo(Strength.FULL_OBJECT);
        assertThat(receipt.checksum()).isEqualTo(digestOf(content).checksum());
        assertThat(receipt.size()).isEqualTo(content.length);
        assertThat(new TargetDriver(unspoiled()).content("a.bin")).isEqualTo(content);
        assertThat(faults.count(Kind.ABORT)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_BEFORE", "SLOW_DOWN", "OK_WITH_ERROR_BEFORE", "FORBIDDEN"})
    void saysNotAppliedWhenCompletingIsNeverApplied(Fault fault) throws Exception {
        faults.spoilAll(Kind.COMPLETE, fault);
        assertNotApplied(LARGE, "CompleteMultipartUpload");
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DOWN", "FORBIDDEN", "NO_SUCH_BUCKET"})
    void saysNotAppliedWhenPuttingIsRefused(Fault fault) throws Exception {
        faults.spoilAll(Kind.PUT, fault);
        assertNotApplied(SMALL, "PutObject");
    }

    private void assertNotApplied(byte[] content, String operation) throws IOException {
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(content).prepare();
        assertThatThrownBy(write::commit)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining(operation + " of s3://contract/" + prefix + "a.bin");
        write.abort();
        assertThat(new TargetDriver(unspoiled()).shows("a.bin")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER", "ERROR_AFTER", "TRUNCATED", "RESET_BEFORE"})
    void isInDoubtAndTouchesNothingWhenItCannotLook(Fault fault) throws Exception {
        faults.spoilAll(Kind.HEAD, Fault.FORBIDDEN).spoilAll(Kind.COMPLETE, fault);
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(LARGE).prepare();

        Throwable inDoubt = catchThrowable(write::commit);
        assertThat(inDoubt)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotAppliedException.class)
                .hasMessageContaining("not certain")
                .hasMessageContaining("HeadObject");
        assertThatThrownBy(write::abort).isInstanceOf(IOException.class).hasMessageContaining("not aborted");
        assertThat(faults.count(Kind.ABORT)).isZero();

        boolean applied = fault != Fault.RESET_BEFORE;
        assertThat(new TargetDriver(unspoiled()).shows("a.bin")).isEqualTo(applied);
        abandonUploads();
    }

    @Test
    void isInDoubtWhenPuttingFailsWithoutSayingWhetherItBegan() throws Exception {
        faults.spoilAll(Kind.PUT, Fault.ERROR_BEFORE);
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(SMALL).prepare();
        assertThatThrownBy(write::commit)
                .isNotInstanceOf(NotAppliedException.class)
                .hasMessageContaining("not certain");
        assertThat(faults.count(Kind.PUT)).isEqualTo(3);
    }

    @Test
    void isInDoubtWhenSomebodyElseAbortedTheUpload() throws Exception {
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(LARGE).prepare();
        abandonUploads();
        assertThatThrownBy(write::commit)
                .isNotInstanceOf(NotAppliedException.class)
                .hasMessageContaining("NoSuchUpload");
    }

    @Test
    void doesNotTakeAnOlderObjectForItsOwn() throws Exception {
        new TargetDriver(unspoiled()).put("a.bin", SMALL);
        DrivenWrite write =
                new TargetDriver(target()).open("a.bin").write(SMALL).prepare();
        faults.spoilAll(Kind.PUT, Fault.SLOW_DOWN);
        assertThatThrownBy(write::commit).isInstanceOf(NotAppliedException.class);
    }

    @Test
    void recognisesItsOwnObjectBehindAFailedCondition() throws Exception {
        DrivenWrite write = new TargetDriver(target(3, settings))
                .openCreateOnly("a.bin")
                .write(LARGE)
                .prepare();
        faults.spoil(Kind.COMPLETE, Fault.ERROR_AFTER, 1);
        assertThat(write.commit().strength()).isEqualTo(Strength.FULL_OBJECT);
    }

    @Test
    void saysNotAppliedWhenTheEndpointCannotBeReached() throws Exception {
        URI nowhere = faults.endpoint();
        S3Target target = target();
        faults.close();
        DrivenWrite write = new TargetDriver(target).open("a.bin").write(SMALL).prepare();
        assertThatThrownBy(write::commit)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("PutObject of s3://contract/")
                .hasMessageContaining(String.valueOf(nowhere.getPort()))
                .hasMessageContaining("Check the endpoint");
        write.abort();
    }

    private void abandonUploads() {
        behind().client().listMultipartUploads(list -> list.bucket(S3Server.BUCKET)).join().uploads().stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .forEach(upload -> behind().client()
                        .abortMultipartUpload(abort ->
                                abort.bucket(S3Server.BUCKET).key(upload.key()).uploadId(upload.uploadId()))
                        .join());
    }
}
