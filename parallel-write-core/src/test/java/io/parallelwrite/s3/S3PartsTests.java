package io.parallelwrite.s3;

import static io.parallelwrite.target.TargetDriver.bytes;
import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/** The pieces a write is made of: buffers, their memory, the sizes of parts, settings, checksums. */
class S3PartsTests {

    private static final long MEBIBYTE = 1L << 20;
    private static final long TEBIBYTE = 1L << 40;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 262_144, 1_048_577, 3_000_000})
    void keepsTheBytesOfAPartInOrder(int size) {
        PartBuffer part = new PartBuffer(new PartMemory(0), 3_000_000, 0, true);
        byte[] all = bytes(size);
        for (int from = 0; from < size; from += 7_777) {
            part.put(ByteBuffer.wrap(all, from, Math.min(7_777, size - from)));
        }
        assertThat(part.checksum()).isEqualTo(digestOf(all).checksum());
        assertThat(part.byteCount()).isEqualTo(size);
        PartBody body = part.body();
        assertThat(read(body)).isEqualTo(all);
        assertThat(read(body)).as("again").isEqualTo(all);
        assertThat(body.readCount()).isEqualTo(2);
    }

    @Test
    void takesNoMoreThanAPartHolds() {
        PartBuffer part = new PartBuffer(new PartMemory(0), 1000, 0, true);
        ByteBuffer bytes = ByteBuffer.wrap(bytes(1001));
        part.put(bytes);
        assertThat(part.isFull()).isTrue();
        assertThat(bytes.remaining()).isEqualTo(1);
    }

    @Test
    void neverReservesBeyondTheBudget() {
        PartMemory memory = new PartMemory(10);
        assertThat(memory.tryReserve(6)).isTrue();
        assertThat(memory.tryReserve(5)).isFalse();
        memory.release(6);
        assertThat(memory.tryReserve(10)).isTrue();
    }

    @Test
    void reusesFullSegmentsAndKeepsNoMoreThanTheBudget() {
        PartMemory memory = new PartMemory(PartMemory.SEGMENT_BYTES);
        byte[] first = memory.take();
        byte[] second = memory.take();
        memory.recycle(first);
        memory.recycle(second);
        assertThat(memory.take()).isSameAs(first);
        assertThat(memory.take()).isNotSameAs(second);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, TEBIBYTE, 5 * TEBIBYTE})
    void holdsTheLargestObjectInTenThousandParts(long expectedBytes) {
        PartSizes sizes = new PartSizes(5 * MEBIBYTE, expectedBytes);
        long total = 0;
        for (int number = 1; number <= 10_000; number++) {
            total += sizes.of(number, total);
        }
        assertThat(total).isGreaterThanOrEqualTo(5 * TEBIBYTE);
    }

    @Test
    void keepsPartsSmallForObjectsOfDeclaredSize() {
        assertThat(new PartSizes(8 * MEBIBYTE, 1000).of(1, 0)).isEqualTo(8 * MEBIBYTE);
        assertThat(new PartSizes(8 * MEBIBYTE, TEBIBYTE).of(9_000, TEBIBYTE - 1))
                .isEqualTo(117 * MEBIBYTE);
        assertThat(new PartSizes(8 * MEBIBYTE, -1).of(900, 0)).isEqualTo(8 * MEBIBYTE);
        assertThat(new PartSizes(8 * MEBIBYTE, -1).of(901, 0)).isEqualTo(16 * MEBIBYTE);
    }

    @Test
    void refusesSettingsThatCannotWork() {
        S3TargetSettings defaults = S3TargetSettings.defaults();
        assertThatThrownBy(() -> defaults.withPartSize(DataSize.ofMegabytes(4))).hasMessageContaining("5MB to 5GB");
        assertThatThrownBy(() -> defaults.withConcurrency(0)).hasMessageContaining("concurrency [0]");
        assertThatThrownBy(() -> defaults.withPartAttempts(0)).hasMessageContaining("[0]");
        assertThatThrownBy(() -> defaults.withBuffer(DataSize.ofBytes(-1))).hasMessageContaining("[-1B]");
        assertThatThrownBy(() -> defaults.withAttemptTimeout(Duration.ZERO)).hasMessageContaining("[PT0S]");
    }

    @Test
    void takesNoCompositeChecksumForOneOfTheWholeObject() {
        Checksum whole = Checksum.crc32c(42);
        ChecksumAlgorithm crc32c = ChecksumAlgorithm.CRC32C;
        assertThat(S3Receipts.checksum(crc32c, whole.base64(), ChecksumType.FULL_OBJECT))
                .isEqualTo(whole);
        assertThat(S3Receipts.checksum(crc32c, whole.base64(), null)).isEqualTo(whole);
        assertThat(S3Receipts.checksum(crc32c, whole.base64(), ChecksumType.COMPOSITE))
                .isNull();
        assertThat(S3Receipts.checksum(crc32c, whole.base64() + "-3", null)).isNull();
        assertThat(S3Receipts.checksum(crc32c, null, null)).isNull();
    }

    private static byte[] read(PartBody body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        CompletableFuture<Void> end = new CompletableFuture<>();
        body.subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                all.writeBytes(copy);
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });
        end.join();
        return all.toByteArray();
    }
}
