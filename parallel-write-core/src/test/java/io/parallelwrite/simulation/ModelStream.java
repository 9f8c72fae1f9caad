package io.parallelwrite.simulation;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one object of a {@link ModelTarget}. */
final class ModelStream extends InputStream {

    private final ModelCalls calls;
    private final byte[] content;
    private int position;

    ModelStream(ModelCalls calls, byte[] content) {
        this.calls = calls;
        this.content = content;
    }

    @Override
    public int read() {
        return position < content.length ? content[position++] & 0xff : -1;
    }

    @Override
    public int readNBytes(byte[] bytes, int offset, int length) throws IOException {
        return calls.block("fill", fault -> {
            int count = Math.min(length, content.length - position);
            System.arraycopy(content, position, bytes, offset, count);
            position += count;
            if (fault == Fault.FLIPPED && count > 0) {
                bytes[offset] ^= 2; // another bit than a write flips
            }
            return count;
        });
    }
}
