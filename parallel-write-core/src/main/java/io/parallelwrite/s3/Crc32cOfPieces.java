package io.parallelwrite.s3;

import io.parallelwrite.target.Checksum;
import io.parallelwrite.target.ContentDigest;

/**
 * The size and the CRC-32C of pieces that follow each other, computed from those of each piece without its bytes.
 *
 * <p>A CRC is the remainder of a division of polynomials over the bits 0 and 1. Bytes that follow shift what came before: its
 * remainder is multiplied by <i>x</i> to the number of their bits, and theirs is added: the way of {@code crc32_combine} in
 * zlib, with the polynomial of RFC 3720, section 12.1, its bits reversed. Takes some microseconds however long the pieces
 * are. Immutable.
 *
 * @param byteCount of all pieces
 * @param crc of all pieces
 */
record Crc32cOfPieces(long byteCount, int crc) {

    /** No piece. */
    static final Crc32cOfPieces NONE = new Crc32cOfPieces(0, 0);

    // The highest bit of an int stands for x to the power of 0, the lowest for 31, as in all that is computed here.
    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_BITS_OF_A_BYTE = ONE >>> Byte.SIZE;
    private static final int CASTAGNOLI = 0x82F6_3B78;

    /** Returns these pieces and one more. */
    Crc32cOfPieces plus(long pieceByteCount, int pieceCrc) {
        int shifted = crc == 0 ? 0 : product(crc, xToTheBitsOf(pieceByteCount));
        return new Crc32cOfPieces(byteCount + pieceByteCount, shifted ^ pieceCrc);
    }

    private static int xToTheBitsOf(long byteCount) {
        int result = ONE;
        int square = X_TO_THE_BITS_OF_A_BYTE;
        for (long left = byteCount; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                result = product(result, square);
            }
            square = product(square, square);
        }
        return result;
    }

    private static int product(int left, int right) {
        int sum = 0;
        int term = right;
        for (int bits = left; bits != 0; bits <<= 1) {
            if (bits < 0) {
                sum ^= term;
            }
            term = (term >>> 1) ^ (CASTAGNOLI & -(term & 1)); // times x, divided
        }
        return sum;
    }

    ContentDigest digest() {
        return new ContentDigest(byteCount, Checksum.crc32c(Integer.toUnsignedLong(crc)));
    }
}
