package io.parallelwrite.handle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Moves whole buffers from and to channels that may take few bytes at a time. Thread-safe: it has no state. */
final class ChannelBytes implements StepContent.Kind<ReadableByteChannel, ByteBuffer> {

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
        Progress progress = new Progress();
        do { // once also for none, so that a channel that is closed or cannot be read says so
            int before = buffer.position();
            int moved = channel.read(buffer);
            if (moved < 0) {
                break;
            }
            check(progress, "read", moved, buffer.position() - before, buffer.remaining());
        } while (buffer.hasRemaining());
        return buffer.position();
    }

    /** Writes until a buffer is empty. */
    static void drain(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        Progress progress = new Progress();
        do {
            int before = buffer.position();
            int moved = channel.write(buffer);
            check(progress, "write", moved, buffer.position() - before, buffer.remaining());
        } while (buffer.hasRemaining());
    }

    private static void check(Progress progress, String verb, int moved, int shown, int left) throws IOException {
        if (moved != shown) {
            throw new IOException("Its " + verb + " returned " + moved + " and moved " + shown + " bytes");
        }
        progress.moved(verb, moved, left);
    }

    @Override
    public int mismatch(ByteBuffer one, int oneCount, ByteBuffer other, int otherCount) {
        return one.slice(0, oneCount).mismatch(other.slice(0, otherCount));
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
