package io.parallelwrite.s3;

/**
 * How large the parts of one object are, so that 10,000 of them hold the largest object S3 takes.
 *
 * <p>While the object stays within its declared size, all parts are as large as that size needs. Beyond it, or without
 * one, the size doubles every 900 parts: ten thousand parts that begin with 5 MiB hold more than 5 TiB.
 *
 * @param baseBytes the smallest part
 * @param expectedBytes the declared size of the object, or -1
 */
record PartSizes(long baseBytes, long expectedBytes) {

    private static final long MAX_PART_BYTES = 5L << 30;
    private static final long MEBIBYTE = 1L << 20;
    private static final int PARTS_UNTIL_DOUBLED = 900;
    private static final int MAX_DOUBLINGS = 10;
    private static final int PARTS_FOR_DECLARED_SIZE = 9_000;

    /**
     * Returns the size of a part.
     *
     * @param number the number of the part, from 1
     * @param offset where in the object it begins
     */
    long of(int number, long offset) {
        if (offset < expectedBytes) {
            long needed = (expectedBytes - 1) / PARTS_FOR_DECLARED_SIZE + 1;
            long rounded = (needed + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
            return Math.min(MAX_PART_BYTES, Math.max(baseBytes, rounded));
        }
        int doublings = Math.min(MAX_DOUBLINGS, (number - 1) / PARTS_UNTIL_DOUBLED);
        return Math.min(MAX_PART_BYTES, baseBytes << doublings);
    }
}
