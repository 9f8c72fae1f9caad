package io.parallelwrite.handle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Moves whole buffers from and to channels that may take few bytes at a time. Thread-safe: it has no state. */
final class ChannelBytes implements StepContent.Kind<ReadableByteChannel, ByteBuffer> {

    /** A channel that moves nothing so many times in a row never will. */
    private static final int MOST_IDLE_CALLS = 100;

    @Override
    public ByteBuffer create(int length) {
        return ByteBuffer.allocate(length);
    }

    @Override
    public int lengthOf(ByteBuffer buffer) {
        return buffer.capacity();
    }

    @Override
    public int fill(ReadableByteChannel channel, ByteBuffer buffer, int count) throws IOException {
        buffer.clear().limit(count);
        int idle = 0;
        do { // once also for none, so that a channel that is closed or cannot be read says so
            int before = buffer.position();
            int moved = channel.read(buffer);
            if (moved < 0) {
                break;
            }
            idle = checkedIdle(idle, moved, before, buffer, "read");
        } while (buffer.hasRemaining());
        return buffer.position();
    }

    /** Writes until a buffer is empty. */
    static void drain(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        int idle = 0;
        do {
            int before = buffer.position();
            int moved = channel.write(buffer);
            idle = checkedIdle(idle, moved, before, buffer, "write");
        } while (buffer.hasRemaining());
    }

    private static int checkedIdle(int idle, int moved, int before, ByteBuffer buffer, String verb) throws IOException {
        if (moved != buffer.position() - before) {
            throw new IOException(
                    "Its " + verb + " returned " + moved + " and moved " + (buffer.position() - before) + " bytes");
        }
        if (moved > 0 || !buffer.hasRemaining()) {
            return 0;
        }
        if (idle == MOST_IDLE_CALLS) {
            throw new IOException("Its " + verb + " moved no byte " + idle + " times in a row, with "
                    + buffer.remaining() + " to go");
        }
        return idle + 1;
    }

    @Override
    public int mismatch(ByteBuffer one, int oneCount, ByteBuffer other, int otherCount) {
        return Arrays.mismatch(one.array(), 0, oneCount, other.array(), 0, otherCount);
    }

    @Override
    public String shown(ByteBuffer buffer, int index) {
        return StreamBytes.shown(buffer.get(index));
    }

    @Override
    public String unit() {
        return "byte";
    }
}
