package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parallelwrite.outcome.ContentMismatchException;
import io.parallelwrite.outcome.ParallelWriteException;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ChecksumAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class DeclaredContentTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    DeclaredContentTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 * 1024, 300_000})
    void acceptsContentOfExactlyTheDeclaredSize(int size) throws IOException {
        byte[] content = randomBytes(size);

        writer.write(
                "a", new ByteArrayInputStream(content), WriteOptions.none().withExpectedSize(DataSize.ofBytes(size)));

        targets.assertBothHold("a", content);
    }

    @Test
    void refusesContentShorterThanDeclared() {
        WriteOptions options = WriteOptions.none().withExpectedByteCount(5);

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", out -> out.write(bytes("abc")), options))
                .withMessage("The write of 'a' was given up: the content ended after 3 bytes, 5 were declared. "
                        + "'local' was aborted. 's3' was aborted. "
                        + "Nothing is visible under this path that was not before.")
                .withCauseInstanceOf(ContentMismatchException.class)
                .satisfies(thrown -> assertThat(thrown.result().status()).isEqualTo(WriteStatus.FAILED));

        targets.assertBothEmpty();
        assertThat(targets.local.calls()).doesNotContain(Phase.PREPARE);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 100, 500_000})
    void refusesContentLongerThanDeclared(int size) {
        WriteOptions options = WriteOptions.none().withExpectedByteCount(5);

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", out -> out.write(randomBytes(size)), options))
                .withMessageStartingWith(
                        "The write of 'a' was given up: the content is longer than the 5 bytes declared.")
                .withCauseInstanceOf(ContentMismatchException.class);

        targets.assertBothEmpty();
    }

    @Test
    void refusesTheFirstByteTooMany() throws IOException {
        try (ParallelOutputStream out = writer.open("a", WriteOptions.none().withExpectedByteCount(2))) {
            out.write('a');
            out.write('b');

            assertThatExceptionOfType(ParallelWriteException.class).isThrownBy(() -> out.write('c'));
            assertThatExceptionOfType(ParallelWriteException.class)
                    .isThrownBy(out::commit)
                    .withMessageContaining("longer than the 2 bytes declared");
        }

        targets.assertBothEmpty();
    }

    @Test
    void refusesAByteArrayThatIsNotOfTheDeclaredSize() {
        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() ->
                        writer.write("a", bytes("abc"), WriteOptions.none().withExpectedByteCount(4)))
                .withCauseInstanceOf(ContentMismatchException.class);

        targets.assertBothEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void acceptsContentWithTheDeclaredChecksum(ChecksumAlgorithm algorithm) throws Exception {
        byte[] content = randomBytes(300_000);
        WriteOptions options = WriteOptions.none().withExpectedChecksum(checksum(algorithm, content));

        writer.write("a", content, options);
        writer.write("b", new ByteArrayInputStream(content), options);

        targets.assertBothHold("a", content);
        targets.assertBothHold("b", content);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsNoContentWithItsChecksum(ChecksumAlgorithm algorithm) throws Exception {
        writer.write("a", new byte[0], WriteOptions.none().withExpectedChecksum(checksum(algorithm, new byte[0])));

        targets.assertBothHold("a", new byte[0]);
    }

    @ParameterizedTest
    @EnumSource
    void refusesContentWithAnotherChecksum(ChecksumAlgorithm algorithm) throws Exception {
        byte[] declared = randomBytes(300_000);
        byte[] sent = declared.clone();
        sent[299_999] ^= 1;
        WriteOptions options = WriteOptions.none().withExpectedChecksum(checksum(algorithm, declared));

        assertThatExceptionOfType(ParallelWriteException.class)
                .isThrownBy(() -> writer.write("a", sent, options))
                .withMessageContaining("the content has the checksum " + checksum(algorithm, sent) + ", declared was "
                        + checksum(algorithm, declared))
                .withCauseInstanceOf(ContentMismatchException.class);

        targets.assertBothEmpty();
    }

    private static Checksum checksum(ChecksumAlgorithm algorithm, byte[] content) throws NoSuchAlgorithmException {
        return switch (algorithm) {
            case CRC32C -> {
                CRC32C crc = new CRC32C();
                crc.update(content);
                yield Checksum.crc32c(crc.getValue());
            }
            case CRC32 -> {
                CRC32 crc = new CRC32();
                crc.update(content);
                yield Checksum.of(
                        algorithm,
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
            }
            case MD5 -> Checksum.of(algorithm, MessageDigest.getInstance("MD5").digest(content));
            case SHA1 ->
                Checksum.of(algorithm, MessageDigest.getInstance("SHA-1").digest(content));
            case SHA256 ->
                Checksum.of(algorithm, MessageDigest.getInstance("SHA-256").digest(content));
        };
    }
}
