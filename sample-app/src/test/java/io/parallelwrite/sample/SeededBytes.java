package io.parallelwrite.sample;

import java.io.InputStream;
import java.util.Random;

/** Bytes that look random and are the same for the same seed. */
final class SeededBytes {

    private SeededBytes() {}

    static byte[] of(long seed, int byteCount) {
        byte[] bytes = new byte[byteCount];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Returns a stream that runs an action once, before it hands out the byte at an offset. */
    static InputStream streamOf(byte[] bytes, int offset, Runnable action) {
        return new InputStream() {

            private int position;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int start, int length) {
                if (position == bytes.length) {
                    return -1;
                }
                if (position == offset) {
                    action.run();
                }
                int end = position < offset ? offset : bytes.length;
                int count = Math.min(length, end - position);
                System.arraycopy(bytes, position, target, start, count);
                position += count;
                return count;
            }
        };
    }
}
