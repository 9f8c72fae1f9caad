package io.parallelwrite.handle;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** Reads arrays of characters from readers. Thread-safe: it has no state. */
final class ReaderChars implements StepContent.Kind<Reader, char[]> {

    @Override
    public char[] create(int length) {
        return new char[length];
    }

    @Override
    public int lengthOf(char[] array) {
        return array.length;
    }

    @Override
    public int fill(Reader reader, char[] array, int count) throws IOException {
        Progress progress = new Progress();
        int filled = 0;
        while (filled < count) {
            int read = reader.read(array, filled, count - filled);
            if (read < 0) {
                break;
            }
            filled += read;
            progress.moved("read", read, count - filled);
        }
        return filled;
    }

    @Override
    public int mismatch(char[] one, int oneCount, char[] other, int otherCount) {
        return Arrays.mismatch(one, 0, oneCount, other, 0, otherCount);
    }

    @Override
    public String shown(char[] array, int index) {
        return Agreement.shown(array[index]);
    }

    @Override
    public String unit() {
        return "character";
    }
}
