package io.parallelwrite.benchmarks;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A channel over an array of fixed size, which does as little as a channel can. Not thread-safe. */
final class InMemoryChannel implements SeekableByteChannel {

    private final byte[] content;
    private int position;
    private int size;
    private boolean open = true;

    InMemoryChannel(int capacity) {
        content = new byte[capacity];
    }

    @Override
    public int read(ByteBuffer target) {
        int count = Math.min(target.remaining(), size - position);
        if (count <= 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        target.put(content, position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        source.get(content, position, count);
        position += count;
        size = Math.max(size, position);
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = Math.toIntExact(newPosition);
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        size = Math.toIntExact(Math.min(size, newSize));
        position = Math.min(position, size);
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
}
