package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.await;
import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.s3.FaultServer.Fault;
import io.parallelwrite.s3.FaultServer.Kind;
import io.parallelwrite.target.TargetDriver;
import io.parallelwrite.target.TargetDriver.DrivenWrite;
import io.parallelwrite.target.TargetWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** What becomes of a write when parts fail, hang, or are cancelled. */
@Timeout(60)
class S3PartFaultTests extends S3FaultFixture {

    private static final byte[] THREE_PARTS = bytes(2 * PART + 1234);

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "ERROR_BEFORE", "ERROR_AFTER", "SLOW_DOWN", "TRUNCATED"})
    void sendsAPartAgainThatFailedOnce(Fault fault) throws Exception {
        faults.spoil(Kind.PART, fault, 1);
        S3Target target = target();
        new TargetDriver(target).put("a.bin", THREE_PARTS);

        assertThat(faults.count(Kind.PART)).isEqualTo(4);
        assertThat(digestOf(new TargetDriver(unspoiled()).content("a.bin"))).isEqualTo(digestOf(THREE_PARTS));
        assertThat(target.reservedBytes()).isZero();
    }

    @Test
    void failsTheWriteWhenAPartFailsForEver() throws Exception {
        faults.spoilAll(Kind.PART, Fault.ERROR_BEFORE);
        S3Target target = target(1, settings.withConcurrency(1));
        DrivenWrite write = new TargetDriver(target).open("a.bin");

        assertThatThrownBy(() -> write.write(THREE_PARTS).prepare())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "UploadPart 1 of s3://contract/" + prefix + "a.bin was answered 500 InternalError")
                .hasMessageContaining("test-request");
        assertThat(faults.count(Kind.PART)).isEqualTo(3);
        write.abort();
        assertThat(target.reservedBytes()).isZero();
    }

    @Test
    void abortsAgainAsLongAsPartsMayHaveLandedAfterIt() throws Exception {
        faults.spoilAll(Kind.PART, Fault.ERROR_AFTER);
        DrivenWrite write = new TargetDriver(target(1, settings.withConcurrency(1))).open("a.bin");
        assertThatThrownBy(() -> write.write(THREE_PARTS).prepare()).isInstanceOf(IOException.class);
        faults.spoil(Kind.ABORT, Fault.NOT_FOUND, 4); // as if it were gone, and the part is still there
        write.abort();
        assertThat(faults.count(Kind.ABORT)).isEqualTo(5);
        assertThat(behind().uploads()).doesNotContain(prefix + "a.bin");
    }

    @Test
    void neverSendsARefusedPartAgain() throws Exception {
        faults.spoilAll(Kind.PART, Fault.FORBIDDEN);
        DrivenWrite write = new TargetDriver(target(3, settings.withConcurrency(1))).open("a.bin");

        assertThatThrownBy(() -> write.write(THREE_PARTS).prepare())
                .hasMessageContaining("403 AccessDenied")
                .hasMessageContaining("s3:PutObject");
        assertThat(faults.count(Kind.PART)).isEqualTo(1);
        write.abort();
    }

    @Test
    void leavesRetriesToTheSdkWhereItHasThem() throws Exception {
        faults.spoil(Kind.PART, Fault.SLOW_DOWN, 2);
        new TargetDriver(target(3, settings.withPartAttempts(1))).put("a.bin", THREE_PARTS);
        assertThat(faults.count(Kind.PART)).isEqualTo(5);
    }

    @Test
    void failsTheWriteWhenTheUploadCannotBeCreated() throws Exception {
        faults.spoilAll(Kind.CREATE, Fault.NO_SUCH_BUCKET);
        DrivenWrite write = new TargetDriver(target()).open("a.bin");

        assertThatThrownBy(() -> write.write(THREE_PARTS).prepare())
                .hasMessageContaining("CreateMultipartUpload of s3://contract/")
                .hasMessageContaining("404 NoSuchBucket")
                .hasMessageContaining("Create the bucket");
        write.abort();
    }

    @Test
    void endsQuicklyWhenCancelledWhilePartsHang() throws Exception {
        faults.spoilAll(Kind.PART, Fault.HANG);
        S3Target target = target(3, settings);
        TargetWrite write = await(target.open(request("a.bin")));
        CompletionStage<?> pending = write.write(ByteBuffer.wrap(bytes(5 * PART)));
        faults.awaitHanging();

        write.cancel();
        assertThatThrownBy(() -> pending.toCompletableFuture().get(5, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("was cancelled");
        write.abort().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(faults.count(Kind.ABORT)).isPositive();
        assertThat(target.reservedBytes()).isZero();
    }

    @Test
    void abortsAnUploadThatIsOnlyBeingCreated() throws Exception {
        faults.spoil(Kind.CREATE, Fault.HANG, 1);
        TargetWrite write = await(target().open(request("a.bin")));
        CompletableFuture<?> pending =
                write.write(ByteBuffer.wrap(bytes(5 * PART))).toCompletableFuture();
        faults.awaitHanging();

        write.cancel();
        CompletableFuture<?> aborted = write.abort().toCompletableFuture();
        assertThat(pending).isCompletedExceptionally();
        assertThat(aborted).isNotDone();
        faults.release();
        aborted.get(10, TimeUnit.SECONDS);
        assertThat(faults.count(Kind.ABORT)).isEqualTo(1);
        assertThat(faults.count(Kind.PART)).isZero();
    }

    @Test
    void endsAnAttemptThatHangs() throws Exception {
        faults.spoil(Kind.PART, Fault.HANG, 1);
        new TargetDriver(target(1, settings.withAttemptTimeout(Duration.ofSeconds(2)))).put("a.bin", THREE_PARTS);
        assertThat(faults.count(Kind.PART)).isEqualTo(4);
    }

    @Test
    void lagsWithoutHoldingAThreadAndOtherWritesGoOn() throws Exception {
        faults.spoilAll(Kind.PART, Fault.HANG);
        S3Target target = target(1, settings.withBuffer(DataSize.ofBytes(0)));
        TargetWrite slow = await(target.open(request("slow.bin")));
        CompletableFuture<?> pending = slow.write(ByteBuffer.wrap(THREE_PARTS)).toCompletableFuture();
        faults.awaitHanging();

        new TargetDriver(target).put("small.bin", bytes(PART));
        assertThat(pending).isNotDone();
        faults.release();
        await(pending);
        slow.cancel();
        await(slow.abort());
    }

    @Test
    void takesInterleavedWritesWithoutAnySharedMemory() throws Exception {
        S3Target target = target(1, settings.withBuffer(DataSize.ofBytes(0)));
        TargetDriver driver = new TargetDriver(target);
        DrivenWrite[] writes = {driver.open("1.bin"), driver.open("2.bin"), driver.open("3.bin")};
        byte[] slice = bytes(PART / 2 + 1);
        for (int i = 0; i < 5; i++) {
            for (DrivenWrite write : writes) {
                write.write(slice);
            }
        }
        for (DrivenWrite write : writes) {
            assertThat(write.prepare().commit().size()).isEqualTo(5L * slice.length);
        }
    }
}
