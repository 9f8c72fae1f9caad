package io.parallelwrite.handle;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A channel over an array that grows. Not thread-safe. */
final class MemoryChannel implements SeekableByteChannel {

    private byte[] content = new byte[0];
    private int position;
    private boolean open = true;

    byte[] content() {
        return content;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        check();
        int count = Math.min(target.remaining(), content.length - position);
        if (count <= 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        target.put(content, position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        check();
        int count = source.remaining();
        content = Arrays.copyOf(content, Math.max(content.length, position + count));
        source.get(content, position, count);
        position += count;
        return count;
    }

    @Override
    public long position() throws ClosedChannelException {
        check();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
        check();
        position = (int) newPosition;
        return this;
    }

    @Override
    public long size() throws ClosedChannelException {
        check();
        return content.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) throws ClosedChannelException {
        check();
        content = Arrays.copyOf(content, Math.min(content.length, (int) size));
        position = Math.min(position, content.length);
        return this;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    private void check() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
