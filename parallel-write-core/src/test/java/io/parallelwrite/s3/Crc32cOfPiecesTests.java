package io.parallelwrite.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32cOfPiecesTests {

    private static final long SEED = 20_261;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 64, 65_536, 300_001})
    void equalsThatOfAllBytesWhereverTheyAreCut(int byteCount) {
        byte[] bytes = bytes(byteCount);
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            Crc32cOfPieces pieces = Crc32cOfPieces.NONE;
            int offset = 0;
            while (offset < byteCount) {
                int length = random.nextInt(byteCount - offset + 1); // 0 as well
                pieces = pieces.plus(length, crc(bytes, offset, length));
                offset += length;
            }
            assertThat(pieces.digest()).as("seed %d, round %d", SEED, round).isEqualTo(digest(bytes));
        }
    }

    @Test
    void knowsThePlaceOfEachPiece() {
        byte[] bytes = bytes(1000);
        Crc32cOfPieces swapped =
                Crc32cOfPieces.NONE.plus(500, crc(bytes, 500, 500)).plus(500, crc(bytes, 0, 500));

        assertThat(swapped.digest()).isNotEqualTo(digest(bytes));
    }

    @Test
    void joinsPiecesLargerThanAnArray() {
        byte[] zeros = new byte[1 << 20];
        Crc32cOfPieces pieces = Crc32cOfPieces.NONE.plus(1, crc(new byte[] {1}, 0, 1));
        CRC32C whole = new CRC32C();
        whole.update(1);
        CRC32C piece = new CRC32C();
        for (int i = 0; i < 3 << 10; i++) {
            whole.update(zeros);
            piece.update(zeros);
        }

        Crc32cOfPieces joined = pieces.plus(3L << 30, (int) piece.getValue());

        assertThat(joined.digest()).isEqualTo(new ContentDigest((3L << 30) + 1, Checksum.crc32c(whole.getValue())));
    }

    private static byte[] bytes(int byteCount) {
        byte[] bytes = new byte[byteCount];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static ContentDigest digest(byte[] bytes) {
        return new ContentDigest(bytes.length, Checksum.crc32c(Integer.toUnsignedLong(crc(bytes, 0, bytes.length))));
    }
}
