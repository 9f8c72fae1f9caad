package io.parallelwrite.handle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads arrays of bytes from streams. Thread-safe: it has no state. */
final class StreamBytes implements StepContent.Kind<InputStream, byte[]> {

    @Override
    public byte[] create(int length) {
        return new byte[length];
    }

    @Override
    public int lengthOf(byte[] array) {
        return array.length;
    }

    @Override
    public int fill(InputStream stream, byte[] array, int count) throws IOException {
        Progress progress = new Progress();
        int filled = 0;
        while (filled < count) {
            int read = stream.read(array, filled, count - filled);
            if (read < 0) {
                break;
            }
            filled += read;
            progress.moved("read", read, count - filled);
        }
        return filled;
    }

    @Override
    public int mismatch(byte[] one, int oneCount, byte[] other, int otherCount) {
        return Arrays.mismatch(one, 0, oneCount, other, 0, otherCount);
    }

    @Override
    public String shown(byte[] array, int index) {
        return shown(array[index]);
    }

    @Override
    public String unit() {
        return "byte";
    }

    static String shown(byte value) {
        return String.format("0x%02x", value);
    }
}
