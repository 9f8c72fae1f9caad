package io.parallelwrite;

import static io.parallelwrite.TwoTargets.bytes;
import static io.parallelwrite.TwoTargets.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallelwrite.outcome.Operation;
import io.parallelwrite.outcome.Phase;
import io.parallelwrite.outcome.TargetOutcome;
import io.parallelwrite.outcome.WriteResult;
import io.parallelwrite.outcome.WriteStatus;
import io.parallelwrite.stream.ParallelOutputStream;
import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import io.parallelwrite.target.Receipt;
import io.parallelwrite.target.Strength;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;

class WriteVariantsTests {

    @AutoClose
    private final TwoTargets targets;

    private final ParallelResourceWriter writer;

    WriteVariantsTests() throws IOException {
        targets = new TwoTargets();
        writer = targets.writer;
    }

    enum Variant {
        BYTES {
            @Override
            WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException {
                return writer.write(path, content);
            }
        },
        INPUT_STREAM {
            @Override
            WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException {
                return writer.write(path, new ByteArrayInputStream(content));
            }
        },
        RESOURCE {
            @Override
            WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException {
                return writer.write(path, new ByteArrayResource(content));
            }
        },
        BODY {
            @Override
            WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException {
                return writer.write(path, out -> out.write(content));
            }
        },
        SINGLE_BYTES {
            @Override
            WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException {
                return writer.write(path, (WriteBody) out -> {
                    for (byte b : content) {
                        out.write(b);
                    }
                });
            }
        },
        OPENED_STREAM {
            @Override
            WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException {
                try (ParallelOutputStream out = writer.open(path)) {
                    out.write(content);
                    return out.commit();
                }
            }
        };

        abstract WriteResult write(ParallelResourceWriter writer, String path, byte[] content) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void putsTheSameBytesOnEveryTarget(Variant variant) throws IOException {
        byte[] content = randomBytes(700_001);

        WriteResult result = variant.write(writer, "dir/a.bin", content);

        assertThat(result.status()).isEqualTo(WriteStatus.COMMITTED);
        targets.assertBothHold("dir/a.bin", content);
    }

    @ParameterizedTest
    @EnumSource
    void writesAnEmptyObject(Variant variant) throws IOException {
        WriteResult result = variant.write(writer, "empty", new byte[0]);

        assertThat(result.size()).isZero();
        targets.assertBothHold("empty", new byte[0]);
    }

    @ParameterizedTest
    @EnumSource
    void replacesWhatWasThere(Variant variant) throws IOException {
        writer.write("a", bytes("a longer text from before"));

        variant.write(writer, "a", bytes("new"));

        targets.assertBothHold("a", bytes("new"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8 * 1024 - 1, 8 * 1024, 8 * 1024 + 1, 256 * 1024, 1_000_000})
    void writesEverySizeAroundTheSizesOfChunks(int size) throws IOException {
        byte[] content = randomBytes(size);

        writer.write("a", new ByteArrayInputStream(content));
        writer.write("b", content);

        targets.assertBothHold("a", content);
        targets.assertBothHold("b", content);
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatBecameOfEveryTargetInTheirOrder(Variant variant) throws IOException {
        byte[] content = bytes("content");
        CRC32C crc = new CRC32C();
        crc.update(content);
        Checksum checksum = Checksum.crc32c(crc.getValue());

        WriteResult result = variant.write(writer, "dir/a.txt", content);

        assertThat(result.operation()).isEqualTo(Operation.WRITE);
        assertThat(result.path()).isEqualTo("dir/a.txt");
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.size()).isEqualTo(content.length);
        assertThat(result.checksum()).isEqualTo(checksum);
        assertThat(result.duration()).isPositive();
        assertThat(result.id()).isNotBlank();
        assertThat(result.outcomes()).extracting(TargetOutcome::target).containsExactly("local", "s3");
        assertThat(result.outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.scheme()).isEqualTo("memory");
            Receipt receipt = ((TargetOutcome.Committed) outcome).receipt();
            assertThat(receipt).isEqualTo(new Receipt(content.length, checksum, Strength.FULL_OBJECT, null));
            assertThat(receipt.differenceFrom(new ContentDigest(content.length, checksum)))
                    .isEmpty();
        });
    }

    @Test
    void givesEveryWriteAnIdOfItsOwn() throws IOException {
        WriteResult one = writer.write("a", bytes("same"));
        WriteResult other = writer.write("a", bytes("same"));

        assertThat(one.id()).isNotEqualTo(other.id());
    }

    @Test
    void doesNotCloseTheCallersInputStream() throws IOException {
        Content content = new Content(bytes("content"));

        writer.write("a", content);

        assertThat(content.closed).isFalse();
    }

    @Test
    void closesTheStreamOfAResource() throws IOException {
        Content content = new Content(bytes("content"));

        writer.write("a", resourceOf(content));

        assertThat(content.closed).isTrue();
    }

    @Test
    void closesTheStreamOfAResourceWhenATargetFails() {
        targets.s3.failingAt(Phase.OPEN, "no");
        Content content = new Content(bytes("content"));

        assertThatThrownBy(() -> writer.write("a", resourceOf(content))).isInstanceOf(IOException.class);

        assertThat(content.closed).isTrue();
    }

    @Test
    void leavesNothingWhenTheResourceCannotBeOpened() {
        IOException gone = new IOException("gone");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.write("a", new AbstractResource() {
                    @Override
                    public String getDescription() {
                        return "gone";
                    }

                    @Override
                    public InputStream getInputStream() throws IOException {
                        throw gone;
                    }
                }))
                .isSameAs(gone);

        targets.assertNeitherWasTouched();
    }

    private static AbstractResource resourceOf(Content content) {
        return new AbstractResource() {
            @Override
            public String getDescription() {
                return "content";
            }

            @Override
            public InputStream getInputStream() {
                return content;
            }
        };
    }

    private static final class Content extends FilterInputStream {

        private boolean closed;

        Content(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
